package dev.taskqueue.sample.thumbnail;

import java.io.Serializable;

/**
 * What a worker returns. The queue lets the application deserialize it because it lives
 * in the package of its task.
 *
 * @param image the encoded thumbnail
 * @param format how it is encoded
 * @param width its width in pixels
 * @param height its height in pixels
 * @param sourceWidth the width of the image it was made of
 * @param sourceHeight the height of the image it was made of
 * @param pid the process that made it
 */
public record Thumbnail(byte[] image, ThumbnailFormat format, int width, int height, int sourceWidth, int sourceHeight,
		long pid) implements Serializable {

}
