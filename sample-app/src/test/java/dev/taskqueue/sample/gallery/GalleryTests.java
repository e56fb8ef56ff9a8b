package dev.taskqueue.sample.gallery;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;

import javax.imageio.ImageIO;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The images that are shipped are those that are painted here.
 */
class GalleryTests {

	@ParameterizedTest
	@MethodSource("names")
	void shippedImageIsThePainting(String name) throws IOException {
		BufferedImage painting = Objects.requireNonNull(Gallery.PAINTINGS.get(name)).paint();
		BufferedImage shipped = load(name);
		assertThat(shipped.getWidth()).isEqualTo(painting.getWidth());
		assertThat(shipped.getHeight()).isEqualTo(painting.getHeight());
		assertThat(shipped.getColorModel().hasAlpha()).isEqualTo(painting.getColorModel().hasAlpha());
		assertThat(difference(shipped, painting)).isLessThan(12);
	}

	static Set<String> names() {
		return Gallery.PAINTINGS.keySet();
	}

	private static BufferedImage load(String name) throws IOException {
		try (InputStream file = GalleryTests.class.getResourceAsStream("/gallery/" + name)) {
			return Objects.requireNonNull(ImageIO.read(Objects.requireNonNull(file, name)));
		}
	}

	/**
	 * The mean difference of a channel: encoders lose something, Java versions paint
	 * edges differently.
	 */
	private static double difference(BufferedImage one, BufferedImage other) {
		long sum = 0;
		int samples = 0;
		for (int y = 0; y < one.getHeight(); y += 7) {
			for (int x = 0; x < one.getWidth(); x += 7) {
				int first = one.getRGB(x, y);
				int second = other.getRGB(x, y);
				for (int shift = 0; shift < 32; shift += 8) {
					sum += Math.abs((first >>> shift & 0xff) - (second >>> shift & 0xff));
					samples++;
				}
			}
		}
		return (double) sum / samples;
	}

}
