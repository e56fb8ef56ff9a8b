package dev.taskqueue.sample.gallery;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;

/**
 * A planet with rings on nothing: a wide PNG image with transparency.
 */
class RingedPlanet implements Painting {

	private static final int WIDTH = 1120;

	private static final int HEIGHT = 630;

	private static final double RADIUS = 300;

	@Override
	public BufferedImage paint() {
		BufferedImage image = Canvas.transparent(WIDTH, HEIGHT);
		Graphics2D brush = Canvas.brush(image);
		brush.translate(WIDTH / 2, HEIGHT / 2);
		brush.scale(WIDTH / 1600.0, WIDTH / 1600.0);
		brush.rotate(-0.22);
		rings(brush, 0);
		ball(brush);
		rings(brush, 180);
		brush.dispose();
		return image;
	}

	private static void ball(Graphics2D brush) {
		Shape ball = new Ellipse2D.Double(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS);
		brush.setPaint(new LinearGradientPaint(0, (float) -RADIUS, 0, (float) RADIUS,
				new float[] { 0, 0.18f, 0.3f, 0.42f, 0.5f, 0.62f, 0.74f, 0.86f, 1 },
				new Color[] { new Color(0xcfa77b), new Color(0xe9cda2), new Color(0xd6a878), new Color(0xf4e0bd),
						new Color(0xc98f66), new Color(0xeacb9d), new Color(0xd9a97c), new Color(0xb98560),
						new Color(0x96684c) }));
		brush.fill(ball);
		brush.setPaint(new RadialGradientPaint(-110, -130, (float) (RADIUS * 1.75), new float[] { 0, 0.45f, 1 },
				new Color[] { new Color(255, 250, 235, 90), new Color(60, 25, 40, 30), new Color(18, 8, 34, 235) }));
		brush.fill(ball);
	}

	/** Half of the rings: those behind the planet, or those before it. */
	private static void rings(Graphics2D brush, int startAngle) {
		for (double radius = RADIUS * 1.28; radius < RADIUS * 2.3; radius += 3) {
			double position = (radius / RADIUS - 1.28) / 1.02;
			double density = 0.55 + 0.45 * Math.sin(position * 41) * Math.cos(position * 17);
			boolean gap = position > 0.62 && position < 0.69;
			brush.setColor(Canvas.withAlpha(Canvas.mix(new Color(0xf0dcb8), new Color(0x9d7fa6), position),
					gap ? 14 : (int) (40 + 175 * density * (1 - position * 0.4))));
			brush.setStroke(new BasicStroke(3));
			brush.draw(
					new Arc2D.Double(-radius, -radius * 0.27, radius * 2, radius * 0.54, startAngle, 180, Arc2D.OPEN));
		}
	}

}
