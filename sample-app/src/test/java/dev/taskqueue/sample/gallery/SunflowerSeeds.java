package dev.taskqueue.sample.gallery;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;

/**
 * Seeds in the golden angle, in the few flat colours a GIF image can have.
 */
class SunflowerSeeds implements Painting {

	private static final int SIDE = 1000;

	private static final int SEEDS = 900;

	private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

	@Override
	public BufferedImage paint() {
		BufferedImage image = Canvas.opaque(SIDE, SIDE);
		Graphics2D brush = Canvas.brush(image);
		brush.setColor(new Color(0x10231f));
		brush.fillRect(0, 0, SIDE, SIDE);
		for (int i = 1; i <= SEEDS; i++) {
			double position = (double) i / SEEDS;
			double distance = Math.sqrt(position) * SIDE * 0.46;
			double size = 6 + 20 * Math.pow(position, 0.6);
			double x = SIDE / 2.0 + distance * Math.cos(i * GOLDEN_ANGLE);
			double y = SIDE / 2.0 + distance * Math.sin(i * GOLDEN_ANGLE);
			// Rounded: a palette has 256 colours.
			float hue = 0.16f - 0.13f * Math.round(position * 24) / 24f;
			brush.setColor(Color.getHSBColor(hue, 0.72f, (i % 21 < 8) ? 1f : 0.82f));
			brush.fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size));
		}
		brush.dispose();
		return image;
	}

}
