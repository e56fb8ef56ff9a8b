package dev.taskqueue.sample.thumbnail;

import java.awt.Color;
import java.awt.image.BufferedImage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ImageScalerTests {

	@ParameterizedTest
	@CsvSource({ "1000,500, 100,50", "500,1000, 50,100", "1000,1000, 100,100", "101,101, 100,100", "1333,777, 100,58",
			"10000,1, 100,1", "1,10000, 1,100", "3,2000, 1,100" })
	void largerImageIsFittedIntoTheBox(int width, int height, int expectedWidth, int expectedHeight) {
		BufferedImage scaled = ImageScaler.fit(TestImages.opaque(width, height), 100);
		assertThat(scaled.getWidth()).isEqualTo(expectedWidth);
		assertThat(scaled.getHeight()).isEqualTo(expectedHeight);
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "100,100", "99,3" })
	void smallerImageKeepsItsSize(int width, int height) {
		BufferedImage scaled = ImageScaler.fit(TestImages.opaque(width, height), 100);
		assertThat(scaled.getWidth()).isEqualTo(width);
		assertThat(scaled.getHeight()).isEqualTo(height);
	}

	@Test
	void everyPixelCounts() {
		BufferedImage stripes = new BufferedImage(1600, 1600, BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < 1600; y++) {
			for (int x = 0; x < 1600; x++) {
				stripes.setRGB(x, y, (x % 8 < 2) ? 0xffffff : 0);
			}
		}
		BufferedImage scaled = ImageScaler.fit(stripes, 100);
		assertThat(new Color(scaled.getRGB(50, 50)).getGreen()).isCloseTo(255 / 4, within(3));
	}

	@Test
	void transparencyIsKeptWithoutADarkEdge() {
		BufferedImage scaled = ImageScaler.fit(TestImages.transparent(1000, 500), 100);
		assertThat(new Color(scaled.getRGB(10, 25), true).getAlpha()).isZero();
		assertThat(new Color(scaled.getRGB(90, 25), true)).isEqualTo(Color.BLUE);
		for (int x = 45; x < 55; x++) {
			Color edge = new Color(scaled.getRGB(x, 25), true);
			assertThat(edge.getAlpha() == 0 || edge.getBlue() > 250).as("pixel %d: %s", x, edge).isTrue();
		}
	}

	@Test
	void paletteBecomesTrueColour() {
		BufferedImage indexed = new BufferedImage(300, 300, BufferedImage.TYPE_BYTE_INDEXED);
		assertThat(ImageScaler.fit(indexed, 100).getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
	}

}
