package dev.taskqueue.sample.gallery;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.Polygon;
import java.awt.RadialGradientPaint;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * Mountain ridges at dawn, paler with every one that is further away.
 */
class Ridges implements Painting {

	private static final int WIDTH = 1800;

	private static final int HEIGHT = 1200;

	private static final int RIDGES = 7;

	private static final Color HAZE = new Color(0xf2b38a);

	private static final Color NEAR = new Color(0x141c33);

	@Override
	public BufferedImage paint() {
		BufferedImage image = Canvas.opaque(WIDTH, HEIGHT);
		Graphics2D brush = Canvas.brush(image);
		sky(brush);
		Random random = new Random(7);
		for (int i = 0; i < RIDGES; i++) {
			double nearness = (i + 1.0) / RIDGES;
			Color color = Canvas.mix(HAZE, NEAR, Math.pow(nearness, 0.8));
			int base = (int) (HEIGHT * (0.44 + 0.53 * Math.pow(nearness, 1.5)));
			brush.setPaint(new LinearGradientPaint(0, base - 180, 0, base + 260, new float[] { 0, 1 },
					new Color[] { color, Canvas.mix(color, HAZE, 0.45 * (1 - nearness) + 0.04) }));
			brush.fill(ridge(random, base, 60 + 150 * nearness));
		}
		brush.dispose();
		return image;
	}

	private static void sky(Graphics2D brush) {
		brush.setPaint(new LinearGradientPaint(0, 0, 0, HEIGHT * 0.62f, new float[] { 0, 0.45f, 0.8f, 1 },
				new Color[] { new Color(0x26345f), new Color(0x9a6a8c), new Color(0xf4a97f), new Color(0xffe3b8) }));
		brush.fillRect(0, 0, WIDTH, HEIGHT);
		brush.setPaint(new RadialGradientPaint(1230, 500, 620, new float[] { 0, 0.11f, 0.115f, 1 },
				new Color[] { new Color(0xfffdf2), new Color(0xfff3cf), new Color(255, 226, 170, 130),
						new Color(255, 226, 170, 0) }));
		brush.fillRect(0, 0, WIDTH, HEIGHT);
	}

	private static Polygon ridge(Random random, int base, double height) {
		Polygon polygon = new Polygon();
		double[] phases = random.doubles(8, 0, Math.PI * 2).toArray();
		for (int x = 0; x <= WIDTH; x++) {
			double y = 0;
			for (int octave = 0; octave < phases.length; octave++) {
				double frequency = 0.0021 * Math.pow(1.9, octave);
				// The absolute value gives a mountain its edges.
				y += (0.5 - Math.abs(Math.sin(x * frequency + phases[octave]))) / Math.pow(1.85, octave);
			}
			polygon.addPoint(x, base + (int) (y * height));
		}
		polygon.addPoint(WIDTH, HEIGHT);
		polygon.addPoint(0, HEIGHT);
		return polygon;
	}

}
