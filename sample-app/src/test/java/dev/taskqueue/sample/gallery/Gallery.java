package dev.taskqueue.sample.gallery;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.imageio.ImageIO;

/**
 * All paintings, by the name of their file. Run it with the directory to write them to:
 * {@code src/main/resources/gallery}.
 */
final class Gallery {

	static final Map<String, Painting> PAINTINGS = Map.of("blossom.png", new Petals(), "dawn.jpg", new Ridges(),
			"julia.jpg", new JuliaSet(), "moonlight.jpg", new NightSea(), "planet.png", new RingedPlanet(),
			"sunflower.gif", new SunflowerSeeds());

	private Gallery() {
	}

	public static void main(String[] args) throws IOException {
		System.setProperty("java.awt.headless", "true");
		Path directory = Files.createDirectories(Path.of(args[0]));
		for (Map.Entry<String, Painting> painting : PAINTINGS.entrySet()) {
			String name = painting.getKey();
			BufferedImage image = painting.getValue().paint();
			ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), directory.resolve(name).toFile());
		}
	}

}
