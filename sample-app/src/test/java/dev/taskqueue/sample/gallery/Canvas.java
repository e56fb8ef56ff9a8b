package dev.taskqueue.sample.gallery;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * What all paintings start from.
 */
final class Canvas {

	private Canvas() {
	}

	static BufferedImage opaque(int width, int height) {
		return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
	}

	static BufferedImage transparent(int width, int height) {
		return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
	}

	static Graphics2D brush(BufferedImage image) {
		Graphics2D graphics = image.createGraphics();
		graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
		return graphics;
	}

	static Color mix(Color from, Color to, double amount) {
		double rest = 1 - amount;
		return new Color((int) (from.getRed() * rest + to.getRed() * amount),
				(int) (from.getGreen() * rest + to.getGreen() * amount),
				(int) (from.getBlue() * rest + to.getBlue() * amount));
	}

	static Color withAlpha(Color color, int alpha) {
		return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
	}

}
