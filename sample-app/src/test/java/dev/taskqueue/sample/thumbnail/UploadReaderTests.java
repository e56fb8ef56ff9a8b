package dev.taskqueue.sample.thumbnail;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UploadReaderTests {

	private final UploadReader reader = new UploadReader(limit(DataSize.ofMegabytes(1)));

	@Test
	void uploadOfExactlyTheLimitIsRead() throws IOException {
		assertThat(read(1024 * 1024)).hasSize(1024 * 1024);
	}

	@Test
	void largerUploadIsRefused() {
		assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(() -> read(1024 * 1024 + 1))
			.satisfies((ex) -> assertThat(ex.getStatusCode()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE))
			.withMessageContaining("'cat.png' is larger than the 1 MB an image may have");
	}

	@Test
	void emptyUploadIsRefused() {
		assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(() -> read(0))
			.satisfies((ex) -> assertThat(ex.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null", value = { "cat.png,cat.png", "../../etc/cat.png,cat.png",
			"C:\\Temp\\cat.png,cat.png", "null,upload", "'  ',upload", "dir/,upload", "<b>cat</b>,b>" })
	void nameIsTheLastPartOfAPath(@Nullable String name, String expected) {
		assertThat(this.reader.name(name)).isEqualTo(expected);
	}

	@Test
	void nameHasNoControlCharacters() {
		assertThat(this.reader.name("a\r\nb\u0000\u001b[31mc")).isEqualTo("ab[31mc");
		assertThat(this.reader.name("\n")).isEqualTo("upload");
		assertThat(this.reader.name("\u0000")).isEqualTo("upload");
	}

	@Test
	void longNameIsCut() {
		assertThat(this.reader.name("x".repeat(300))).hasSize(101).endsWith("x…");
	}

	private byte[] read(int size) throws IOException {
		return this.reader.read("cat.png", new ByteArrayInputStream(new byte[size]));
	}

	static MultipartProperties limit(DataSize size) {
		MultipartProperties properties = new MultipartProperties();
		properties.setMaxFileSize(size);
		return properties;
	}

}
