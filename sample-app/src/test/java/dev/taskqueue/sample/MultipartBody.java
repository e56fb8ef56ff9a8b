package dev.taskqueue.sample;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a browser sends for a form with a file input; the JDK's HTTP client has nothing
 * for that.
 */
final class MultipartBody {

	private static final String BOUNDARY = "a-line-no-file-contains";

	static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

	private MultipartBody() {
	}

	static byte[] of(String field, List<String> fileNames, byte[] content) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (String fileName : fileNames) {
			write(body, "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n"
				.formatted(BOUNDARY, field, fileName));
			body.writeBytes(content);
			write(body, "\r\n");
		}
		write(body, "--%s--\r\n".formatted(BOUNDARY));
		return body.toByteArray();
	}

	private static void write(ByteArrayOutputStream body, String text) {
		body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
	}

}
