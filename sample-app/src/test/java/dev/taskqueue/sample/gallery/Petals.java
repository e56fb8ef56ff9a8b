package dev.taskqueue.sample.gallery;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/**
 * A blossom of translucent petals on nothing: a PNG image with transparency.
 */
class Petals implements Painting {

	private static final int SIDE = 840;

	@Override
	public BufferedImage paint() {
		BufferedImage image = Canvas.transparent(SIDE, SIDE);
		Graphics2D brush = Canvas.brush(image);
		brush.translate(SIDE / 2, SIDE / 2);
		brush.scale(SIDE / 1200.0, SIDE / 1200.0);
		ring(brush, 14, 560, 0.93f);
		ring(brush, 12, 420, 0.99f);
		ring(brush, 9, 285, 0.06f);
		ring(brush, 7, 160, 0.12f);
		brush.dispose();
		return image;
	}

	private static void ring(Graphics2D brush, int petals, double length, float hue) {
		AffineTransform origin = brush.getTransform();
		for (int i = 0; i < petals; i++) {
			brush.setTransform(origin);
			brush.rotate(2 * Math.PI * i / petals + length);
			float shade = hue + 0.05f * i / petals;
			brush.setPaint(new LinearGradientPaint(0, 0, 0, (float) -length, new float[] { 0, 0.6f, 1 },
					new Color[] { Canvas.withAlpha(Color.getHSBColor(shade + 0.05f, 0.45f, 1f), 235),
							Canvas.withAlpha(Color.getHSBColor(shade, 0.62f, 0.98f), 165),
							Canvas.withAlpha(Color.getHSBColor(shade - 0.08f, 0.75f, 0.88f), 120) }));
			brush.fill(petal(length));
		}
		brush.setTransform(origin);
	}

	private static Path2D petal(double length) {
		Path2D path = new Path2D.Double();
		path.moveTo(0, 0);
		path.curveTo(length * 0.52, -length * 0.35, length * 0.3, -length * 0.95, 0, -length);
		path.curveTo(-length * 0.3, -length * 0.95, -length * 0.52, -length * 0.35, 0, 0);
		return path;
	}

}
