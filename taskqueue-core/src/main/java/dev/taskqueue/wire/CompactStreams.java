package dev.taskqueue.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;

/**
 * Object streams that name an ordinary class rather than describe it with all its fields:
 * half the bytes, and much less to be looked up by whoever reads them. Only for where
 * both sides have the same classes on the same Java, because a difference would not be
 * noticed; and only for tasks, because the class is looked at before any filter is asked.
 * Arrays, enums, interfaces, proxies and what is not serializable are described as ever.
 */
final class CompactStreams {

	/** The first byte, where an object stream begins with another. */
	static final byte MARK = 'C';

	private static final int DESCRIBED = 0;

	private static final int NAMED = 1;

	private CompactStreams() {
	}

	private static boolean isOrdinary(Class<?> type) {
		return Serializable.class.isAssignableFrom(type) && !type.isArray() && !type.isInterface()
				&& !Enum.class.isAssignableFrom(type) && !type.isHidden() && !Proxy.isProxyClass(type);
	}

	/** Writes what follows {@link #MARK}; used by {@link CompactWriter}. */
	static final class Output extends ObjectOutputStream {

		Output(OutputStream out) throws IOException {
			super(out);
		}

		@Override
		protected void writeStreamHeader() {
			// The mark is for whoever begins a stream
		}

		@Override
		protected void writeClassDescriptor(ObjectStreamClass descriptor) throws IOException {
			Class<?> type = descriptor.forClass();
			if (type != null && isOrdinary(type)) {
				writeByte(NAMED);
				writeUTF(type.getName());
			}
			else {
				writeByte(DESCRIBED);
				super.writeClassDescriptor(descriptor);
			}
		}

	}

	/** Reads. Used once, by one thread. */
	static final class Input extends LoaderInput {

		private final KnownClasses known;

		/**
		 * Create a stream.
		 * @param in the bytes
		 * @param known the classes
		 */
		Input(InputStream in, KnownClasses known) throws IOException {
			super(in, known.loader());
			this.known = known;
		}

		@Override
		protected void readStreamHeader() throws IOException {
			if (readByte() != MARK) {
				throw new InvalidClassException("not a compact stream");
			}
		}

		@Override
		protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
			if (readByte() == DESCRIBED) {
				return super.readClassDescriptor();
			}
			String name = readUTF();
			ObjectStreamClass descriptor = this.known.described().get(name);
			if (descriptor == null) {
				descriptor = ObjectStreamClass.lookupAny(this.known.find(name));
				this.known.described().put(name, descriptor);
			}
			return descriptor;
		}

		@Override
		protected Class<?> resolveClass(ObjectStreamClass descriptor) throws IOException, ClassNotFoundException {
			Class<?> type = descriptor.forClass();
			return (type != null) ? type : super.resolveClass(descriptor);
		}

	}

}
