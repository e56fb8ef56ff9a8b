package dev.taskqueue.sample.thumbnail;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * Scales an image down in steps of at most one half, each bilinear, so that every pixel
 * of the source counts and nothing flickers or breaks up.
 */
final class ImageScaler {

	private ImageScaler() {
	}

	/**
	 * Fit an image into a square, keeping its aspect ratio and transparency. A smaller
	 * image keeps its size.
	 * @param source the image
	 * @param box the side of the square
	 * @return a new image, at least one pixel wide and high
	 */
	static BufferedImage fit(BufferedImage source, int box) {
		double scale = Math.min(1.0, (double) box / Math.max(source.getWidth(), source.getHeight()));
		int width = Math.max(1, (int) Math.round(source.getWidth() * scale));
		int height = Math.max(1, (int) Math.round(source.getHeight() * scale));
		BufferedImage image = source;
		do {
			image = draw(image, step(image.getWidth(), width), step(image.getHeight(), height));
		}
		while (image.getWidth() > width || image.getHeight() > height);
		return image;
	}

	private static int step(int from, int to) {
		return Math.max(to, (from + 1) / 2);
	}

	private static BufferedImage draw(BufferedImage image, int width, int height) {
		boolean transparent = image.getColorModel().hasAlpha();
		BufferedImage target = new BufferedImage(width, height,
				transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = target.createGraphics();
		try {
			graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
			graphics.drawImage(image, 0, 0, width, height, null);
		}
		finally {
			graphics.dispose();
		}
		return target;
	}

}
