package dev.taskqueue.sample.gallery;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * A moon over the sea, in portrait format.
 */
class NightSea implements Painting {

	private static final int WIDTH = 1000;

	private static final int HEIGHT = 1500;

	private static final int HORIZON = 880;

	@Override
	public BufferedImage paint() {
		BufferedImage image = Canvas.opaque(WIDTH, HEIGHT);
		Graphics2D brush = Canvas.brush(image);
		Random random = new Random(11);
		sky(brush, random);
		sea(brush, random);
		brush.dispose();
		return image;
	}

	private static void sky(Graphics2D brush, Random random) {
		brush.setPaint(new LinearGradientPaint(0, 0, 0, HORIZON, new float[] { 0, 0.6f, 1 },
				new Color[] { new Color(0x070b1f), new Color(0x1a2a5c), new Color(0x56699f) }));
		brush.fillRect(0, 0, WIDTH, HORIZON);
		for (int i = 0; i < 420; i++) {
			double size = 0.8 + 2.2 * Math.pow(random.nextDouble(), 4);
			brush.setColor(new Color(255, 255, 255, 60 + random.nextInt(180)));
			brush.fill(new Ellipse2D.Double(random.nextDouble() * WIDTH, Math.pow(random.nextDouble(), 1.4) * HORIZON,
					size, size));
		}
		brush.setPaint(new RadialGradientPaint(500, 420, 520, new float[] { 0, 0.24f, 0.245f, 1 }, new Color[] {
				new Color(0xfffbea), new Color(0xf5e9c6), new Color(245, 233, 198, 110), new Color(86, 105, 159, 0) }));
		brush.fillRect(0, 0, WIDTH, HORIZON);
	}

	private static void sea(Graphics2D brush, Random random) {
		brush.setPaint(new LinearGradientPaint(0, HORIZON, 0, HEIGHT, new float[] { 0, 1 },
				new Color[] { new Color(0x2b3d74), new Color(0x060a1b) }));
		brush.fillRect(0, HORIZON, WIDTH, HEIGHT - HORIZON);
		for (double y = HORIZON + 3; y < HEIGHT; y += 2 + (y - HORIZON) * 0.014) {
			double depth = (y - HORIZON) / (HEIGHT - HORIZON);
			brush.setStroke(new BasicStroke((float) (1 + depth * 4), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
			for (int i = 0; i < 7; i++) {
				double x = WIDTH / 2.0 + random.nextGaussian() * (70 + depth * 130);
				double glow = Math.exp(-Math.abs(x - WIDTH / 2.0) / (90 + depth * 170));
				brush.setColor(Canvas.withAlpha(new Color(0xf5e9c6), (int) (190 * glow)));
				brush.draw(ripple(x, y, 24 + random.nextDouble() * 60 * (0.5 + depth)));
			}
		}
	}

	private static Path2D ripple(double x, double y, double length) {
		Path2D path = new Path2D.Double();
		path.moveTo(x - length / 2, y);
		path.quadTo(x, y - 3, x + length / 2, y);
		return path;
	}

}
