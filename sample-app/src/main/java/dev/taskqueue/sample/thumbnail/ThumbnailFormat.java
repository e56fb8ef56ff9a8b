package dev.taskqueue.sample.thumbnail;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * How thumbnails are encoded. The media type a browser is told follows from this closed
 * set, not from text a worker could choose.
 */
public enum ThumbnailFormat {

	/** For images without transparency. */
	JPEG("image/jpeg"),

	/** For images with transparency. */
	PNG("image/png");

	private static final float JPEG_QUALITY = 0.87f;

	private final String mediaType;

	ThumbnailFormat(String mediaType) {
		this.mediaType = mediaType;
	}

	public String mediaType() {
		return this.mediaType;
	}

	static ThumbnailFormat of(BufferedImage image) {
		return image.getColorModel().hasAlpha() ? PNG : JPEG;
	}

	byte[] encode(BufferedImage image) throws IOException {
		ImageWriter writer = ImageIO.getImageWritersByFormatName(name()).next();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
			writer.setOutput(output);
			writer.write(null, new IIOImage(image, null, null), parameters(writer));
		}
		finally {
			writer.dispose();
		}
		return bytes.toByteArray();
	}

	private ImageWriteParam parameters(ImageWriter writer) {
		ImageWriteParam parameters = writer.getDefaultWriteParam();
		if (this == JPEG) {
			parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			parameters.setCompressionQuality(JPEG_QUALITY);
		}
		return parameters;
	}

}
