package dev.taskqueue.sample.thumbnail;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;

import javax.imageio.ImageIO;

/**
 * Small images for tests.
 */
public final class TestImages {

	private TestImages() {
	}

	/** Left half red, right half blue. */
	public static BufferedImage opaque(int width, int height) {
		return paint(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), Color.RED);
	}

	/** Left half transparent, right half blue. */
	static BufferedImage transparent(int width, int height) {
		return paint(new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB), new Color(0, true));
	}

	public static byte[] encode(BufferedImage image, String format) {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			if (!ImageIO.write(image, format, bytes)) {
				throw new IllegalArgumentException("No writer for " + format);
			}
			return bytes.toByteArray();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static BufferedImage decode(byte[] bytes) {
		try {
			return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bytes)));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static BufferedImage paint(BufferedImage image, Color left) {
		Graphics2D graphics = image.createGraphics();
		graphics.setColor(left);
		graphics.fillRect(0, 0, image.getWidth() / 2, image.getHeight());
		graphics.setColor(Color.BLUE);
		graphics.fillRect(image.getWidth() / 2, 0, image.getWidth(), image.getHeight());
		graphics.dispose();
		return image;
	}

}
