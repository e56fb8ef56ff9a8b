package dev.taskqueue.sample.gallery;

import java.awt.image.BufferedImage;

/**
 * A Julia set with smooth colours.
 */
class JuliaSet implements Painting {

	private static final int SIDE = 1300;

	private static final int ITERATIONS = 400;

	private static final double RE = -0.7453;

	private static final double IM = 0.1127;

	@Override
	public BufferedImage paint() {
		BufferedImage image = Canvas.opaque(SIDE, SIDE);
		for (int y = 0; y < SIDE; y++) {
			for (int x = 0; x < SIDE; x++) {
				double re = (x - SIDE / 2.0) * 2.75 / SIDE;
				double im = (y - SIDE / 2.0) * 2.75 / SIDE;
				image.setRGB(x, y, color(escape(re * 0.87 - im * 0.5, re * 0.5 + im * 0.87)));
			}
		}
		return image;
	}

	/** How fast a point escapes, from 0 (at once) to 1 (never). */
	private static double escape(double startRe, double startIm) {
		double re = startRe;
		double im = startIm;
		for (int i = 0; i < ITERATIONS; i++) {
			double square = re * re + im * im;
			if (square > 256) {
				double smooth = i + 1 - Math.log(Math.log(square) / 2) / Math.log(2);
				return Math.pow(Math.max(0, smooth) / ITERATIONS, 0.42);
			}
			double next = re * re - im * im + RE;
			im = 2 * re * im + IM;
			re = next;
		}
		return 1;
	}

	/** From deep blue through teal and gold to white. */
	private static int color(double t) {
		double red = wave(t, 0.50, 0.50, 1.15, 0.58);
		double green = wave(t, 0.45, 0.42, 1.05, 0.66);
		double blue = wave(t, 0.48, 0.36, 0.85, 0.83);
		return channel(red) << 16 | channel(green) << 8 | channel(blue);
	}

	private static double wave(double t, double middle, double height, double frequency, double phase) {
		return middle + height * Math.cos(2 * Math.PI * (frequency * t + phase));
	}

	private static int channel(double value) {
		return (int) (Math.max(0, Math.min(1, value)) * 255);
	}

}
