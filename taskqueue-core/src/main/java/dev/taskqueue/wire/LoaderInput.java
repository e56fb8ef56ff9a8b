package dev.taskqueue.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/**
 * An object stream that resolves by a given loader rather than by the nearest one on the
 * stack. Used once, by one thread.
 */
class LoaderInput extends ObjectInputStream {

	private final @Nullable ClassLoader loader;

	LoaderInput(InputStream in, @Nullable ClassLoader loader) throws IOException {
		super(in);
		this.loader = loader;
	}

	final Class<?> find(String name) throws ClassNotFoundException {
		return Class.forName(name, false, this.loader);
	}

	@Override
	protected Class<?> resolveClass(ObjectStreamClass descriptor) throws IOException, ClassNotFoundException {
		try {
			return find(descriptor.getName());
		}
		catch (ClassNotFoundException ex) {
			return super.resolveClass(descriptor); // knows the primitives
		}
	}

	@Override
	@SuppressWarnings("deprecation") // the stream format's own way to a proxy class
	protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
		Class<?>[] interfaces = new Class<?>[names.length];
		for (int i = 0; i < names.length; i++) {
			interfaces[i] = find(names[i]);
		}
		try {
			return Proxy.getProxyClass(this.loader, interfaces);
		}
		catch (IllegalArgumentException ex) {
			throw new ClassNotFoundException("no proxy class of " + String.join(", ", names), ex);
		}
	}

}
