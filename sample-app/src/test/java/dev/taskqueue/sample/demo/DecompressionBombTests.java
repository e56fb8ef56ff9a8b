package dev.taskqueue.sample.demo;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DecompressionBombTests {

	private final ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();

	private byte[] png = new byte[0];

	@BeforeEach
	void open() throws IOException {
		this.png = DecompressionBomb.png();
		this.reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(this.png)), true);
	}

	@AfterEach
	void dispose() {
		this.reader.dispose();
	}

	@Test
	void fileIsSmall() {
		assertThat(this.png).hasSizeLessThan(200_000);
	}

	@Test
	void imageIsHuge() throws IOException {
		long width = this.reader.getWidth(0);
		long height = this.reader.getHeight(0);
		assertThat(width * height * Integer.BYTES).isGreaterThan(6_000_000_000L);
		// More, and the decoder would refuse it before it tries.
		assertThat(width * height).isLessThan(Integer.MAX_VALUE);
	}

	@Test
	void imageIsValidToItsLastRow() throws IOException {
		ImageReadParam lastPixels = this.reader.getDefaultReadParam();
		lastPixels.setSourceRegion(new Rectangle(0, DecompressionBomb.SIDE - 2, 64, 2));
		BufferedImage image = this.reader.read(0, lastPixels);
		assertThat(image.getHeight()).isEqualTo(2);
		assertThat(image.getRGB(63, 1)).isEqualTo(0xff000000);
	}

}
