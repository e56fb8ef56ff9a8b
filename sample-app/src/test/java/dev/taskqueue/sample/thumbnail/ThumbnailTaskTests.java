package dev.taskqueue.sample.thumbnail;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.taskqueue.sample.catalogue.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

class ThumbnailTaskTests {

	private final Catalogue catalogue = mock();

	@Test
	void thumbnailIsRecorded() throws IOException {
		Thumbnail thumbnail = call(TestImages.encode(TestImages.opaque(400, 200), "png"));
		verify(this.catalogue).add("test.png", 400, 200, thumbnail.image().length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "jpeg", "png", "gif" })
	void opaqueImageBecomesJpeg(String format) throws IOException {
		Thumbnail thumbnail = call(TestImages.encode(TestImages.opaque(400, 200), format));
		assertThat(thumbnail.format()).isEqualTo(ThumbnailFormat.JPEG);
		assertThat(thumbnail.image()).startsWith(0xff, 0xd8, 0xff);
		assertThat(thumbnail)
			.extracting(Thumbnail::width, Thumbnail::height, Thumbnail::sourceWidth, Thumbnail::sourceHeight,
					Thumbnail::pid)
			.containsExactly(100, 50, 400, 200, ProcessHandle.current().pid());
		BufferedImage decoded = TestImages.decode(thumbnail.image());
		assertThat(decoded.getWidth()).isEqualTo(100);
		assertThat(decoded.getHeight()).isEqualTo(50);
		assertThat(new Color(decoded.getRGB(10, 25)).getRed()).isGreaterThan(200);
		assertThat(new Color(decoded.getRGB(90, 25)).getBlue()).isGreaterThan(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "png", "gif" })
	void transparentImageBecomesPng(String format) throws IOException {
		Thumbnail thumbnail = call(TestImages.encode(TestImages.transparent(400, 200), format));
		assertThat(thumbnail.format()).isEqualTo(ThumbnailFormat.PNG);
		BufferedImage decoded = TestImages.decode(thumbnail.image());
		assertThat(new Color(decoded.getRGB(10, 25), true).getAlpha()).isZero();
		assertThat(new Color(decoded.getRGB(90, 25), true).getAlpha()).isEqualTo(255);
	}

	@Test
	void smallestImageThereIs() throws IOException {
		Thumbnail thumbnail = call(TestImages.encode(TestImages.opaque(1, 1), "png"));
		assertThat(thumbnail.width()).isEqualTo(1);
		assertThat(thumbnail.height()).isEqualTo(1);
	}

	@Test
	void textIsRefusedByName() {
		assertThatExceptionOfType(NotAnImageException.class)
			.isThrownBy(() -> call("to whom it may concern".getBytes(StandardCharsets.UTF_8)))
			.withMessage("'test.png' is not a JPEG, PNG or GIF image");
		verifyNoInteractions(this.catalogue);
	}

	@Test
	void formatNobodyAskedForIsRefused() {
		assertThatExceptionOfType(NotAnImageException.class)
			.isThrownBy(() -> call(TestImages.encode(TestImages.opaque(10, 10), "bmp")));
	}

	@Test
	void damagedImageIsRefusedByName() {
		byte[] png = TestImages.encode(TestImages.opaque(400, 200), "png");
		assertThatIOException().isThrownBy(() -> call(Arrays.copyOf(png, png.length / 2)))
			.withMessageStartingWith("'test.png' is damaged: ");
	}

	@Test
	void descriptionDoesNotShowTheBytes() {
		assertThat(new ThumbnailTask("cat.png", new byte[0], 100)).hasToString("thumbnail of cat.png");
	}

	private Thumbnail call(byte[] image) throws IOException {
		return new ThumbnailTask("test.png", image, 100).apply(this.catalogue);
	}

}
