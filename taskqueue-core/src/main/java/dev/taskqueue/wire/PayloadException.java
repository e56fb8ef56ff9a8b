package dev.taskqueue.wire;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * An object cannot be turned into a payload. The message is fit for users.
 */
public final class PayloadException extends IOException {

	private final boolean tooLarge;

	PayloadException(String message, boolean tooLarge, @Nullable Throwable cause) {
		super(message, cause);
		this.tooLarge = tooLarge;
	}

	/**
	 * Whether the object is serializable but its bytes exceed the limit.
	 * @return {@code false} if it is not serializable
	 */
	public boolean tooLarge() {
		return this.tooLarge;
	}

}
