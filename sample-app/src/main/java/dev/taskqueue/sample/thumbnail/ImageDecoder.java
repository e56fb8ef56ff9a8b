package dev.taskqueue.sample.thumbnail;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes an uploaded file of unknown content. Runs in a worker only.
 */
final class ImageDecoder {

	private static final Set<String> FORMATS = Set.of("jpeg", "png", "gif");

	private ImageDecoder() {
	}

	/**
	 * Decode the first image of a file, however large it turns out to be.
	 * @param name what the file is called, for messages
	 * @param file the file's content
	 * @return the image
	 * @throws IOException if the file is no image, or a damaged one
	 */
	static BufferedImage decode(String name, byte[] file) throws IOException {
		// In memory: a killed worker could not delete ImageIO's temporary file.
		try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
			ImageReader reader = findReader(name, input);
			try {
				reader.setInput(input, true, true);
				return reader.read(0);
			}
			finally {
				reader.dispose();
			}
		}
		catch (NotAnImageException ex) {
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			throw new IOException("'%s' is damaged: %s".formatted(name, ex.getMessage()), ex);
		}
	}

	private static ImageReader findReader(String name, ImageInputStream input) throws IOException {
		Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
		while (readers.hasNext()) {
			ImageReader reader = readers.next();
			if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
				return reader;
			}
		}
		throw new NotAnImageException(name);
	}

}
