package dev.taskqueue.sample.thumbnail;

import java.awt.image.BufferedImage;
import java.io.IOException;

import dev.taskqueue.BeanFunction;
import dev.taskqueue.sample.catalogue.Catalogue;

/**
 * Makes a thumbnail and records it. {@code TaskQueue.submit} serializes this record,
 * sends it to a worker process and runs {@link #apply(Catalogue)} there, with the bean of
 * the worker's own context; what it returns travels back the same way.
 * <p>
 * It decodes the whole image into memory without asking how large it is. In the web
 * application's own process one hostile upload would be the end of every request; in a
 * worker it is the end of one task.
 *
 * @param name what the image is called, for messages
 * @param image the file as it was uploaded, never looked at by the web application
 * @param box the longest side of the thumbnail
 */
public record ThumbnailTask(String name, byte[] image, int box) implements BeanFunction<Catalogue, Thumbnail> {

	@Override
	public Thumbnail apply(Catalogue catalogue) throws IOException {
		BufferedImage source = ImageDecoder.decode(this.name, this.image);
		BufferedImage scaled = ImageScaler.fit(source, this.box);
		ThumbnailFormat format = ThumbnailFormat.of(scaled);
		byte[] encoded = format.encode(scaled);
		catalogue.add(this.name, source.getWidth(), source.getHeight(), encoded.length);
		return new Thumbnail(encoded, format, scaled.getWidth(), scaled.getHeight(), source.getWidth(),
				source.getHeight(), ProcessHandle.current().pid());
	}

	/** How the task is called in logs and at {@code /actuator/taskqueue}. */
	@Override
	public String toString() {
		return "thumbnail of " + this.name;
	}

}
