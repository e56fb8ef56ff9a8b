package dev.taskqueue.wire;

import java.io.IOException;

/**
 * What came over the wire is not what this protocol writes. The only exception decoding
 * declares; the connection cannot be used any further.
 */
public final class WireException extends IOException {

	public WireException(String message) {
		super(message);
	}

}
