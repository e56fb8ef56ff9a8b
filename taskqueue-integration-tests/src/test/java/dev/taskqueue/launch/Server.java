package dev.taskqueue.launch;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Loads an application by a loader of its own, as a servlet container does.
 */
public final class Server {

	private Server() {
	}

	/**
	 * Run the application.
	 * @param arguments its class path
	 */
	public static void main(String[] arguments) throws Exception {
		URL[] urls = Stream.of(arguments[0].split(File.pathSeparator)).map(Server::url).toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getSystemClassLoader())) {
			Thread.currentThread().setContextClassLoader(loader);
			loader.loadClass("dev.taskqueue.launch.PlainApplication")
				.getMethod("main", String[].class)
				.invoke(null, (Object) new String[0]);
		}
	}

	private static URL url(String entry) {
		try {
			return Path.of(entry).toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(entry, ex);
		}
	}

}
