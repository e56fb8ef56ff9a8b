package dev.taskqueue.sample.thumbnail;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reads uploads up to a limit, and looks at nothing but their length.
 */
@Component
class UploadReader {

	private static final int LONGEST_NAME = 100;

	private final DataSize limit;

	UploadReader(MultipartProperties limits) {
		this.limit = limits.getMaxFileSize();
	}

	/**
	 * Read one upload.
	 * @param name what it is called, for messages
	 * @param content its content; closed in any case
	 * @return the bytes, at least one
	 */
	byte[] read(String name, InputStream content) throws IOException {
		try (content) {
			int limit = Math.toIntExact(this.limit.toBytes());
			byte[] bytes = content.readNBytes(limit + 1);
			if (bytes.length > limit) {
				throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE,
						"'%s' is larger than the %d MB an image may have".formatted(name, this.limit.toMegabytes()));
			}
			if (bytes.length == 0) {
				throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'%s' is empty".formatted(name));
			}
			return bytes;
		}
	}

	/**
	 * Make a name presentable: no directories, no control characters, not too long.
	 * @param name what the client calls the upload
	 * @return a name to show
	 */
	String name(@Nullable String name) {
		String file = (name != null) ? StringUtils.getFilename(name.replace('\\', '/')) : null;
		String printable = (file != null) ? file.replaceAll("\\p{Cntrl}", "").strip() : "";
		if (printable.isEmpty()) {
			return "upload";
		}
		return (printable.length() > LONGEST_NAME) ? printable.substring(0, LONGEST_NAME) + "…" : printable;
	}

}
