package dev.taskqueue.sample.thumbnail;

import java.io.IOException;

/**
 * An uploaded file is no image. Thrown in a worker; the web application sees a
 * {@link dev.taskqueue.TaskFailedException} with this class's name and message.
 */
class NotAnImageException extends IOException {

	NotAnImageException(String name) {
		super("'%s' is not a JPEG, PNG or GIF image".formatted(name));
	}

}
