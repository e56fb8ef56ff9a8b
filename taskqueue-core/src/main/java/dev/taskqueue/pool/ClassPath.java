package dev.taskqueue.pool;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Where classes are looked for, in this order. Immutable. Entries are absolute, so that
 * they mean the same wherever a command prefix may have gone.
 *
 * @param entries absolute paths
 */
record ClassPath(List<String> entries) {

	private static final String WORKER_MAIN = LaunchTarget.MAIN.replace('.', '/') + ".class";

	ClassPath {
		entries = List.copyOf(entries);
	}

	/** Read the operating system's notation; an empty entry is the working directory. */
	static ClassPath parse(String text) {
		return new ClassPath(Stream.of(text.split(File.pathSeparator, -1))
			.map((entry) -> new File(entry).getAbsolutePath())
			.toList());
	}

	/**
	 * The application's: the JVM's own or, inside of a server that loads applications,
	 * that of the loaders TaskQueue comes from as well.
	 */
	static ClassPath ofApplication() {
		ClassPath own = parse(System.getProperty("java.class.path"));
		if (isEnough()) {
			return own;
		}
		List<String> all = new ArrayList<>();
		ClassLoader loader = ClassPath.class.getClassLoader();
		while (loader instanceof URLClassLoader server) {
			for (URL url : server.getURLs()) {
				String file = file(url);
				if (file != null) {
					all.add(file);
				}
			}
			loader = loader.getParent();
		}
		all.addAll(own.entries());
		return new ClassPath(all);
	}

	/** Whether the JVM's own class path has TaskQueue on it. */
	static boolean isEnough() {
		return ClassLoader.getSystemResource(WORKER_MAIN) != null;
	}

	/** The first entry that is a Spring Boot executable archive. */
	@Nullable BootArchive firstBootArchive() {
		for (String entry : this.entries) {
			BootArchive archive = BootArchive.find(new File(entry));
			if (archive != null) {
				return archive;
			}
		}
		return null;
	}

	/**
	 * The files there are, with those that jars name in their manifests.
	 * @return each once, in the JVM's order
	 * @throws IOException if a jar cannot be read
	 */
	List<File> files() throws IOException {
		Set<File> files = new LinkedHashSet<>();
		for (String entry : this.entries) {
			collect(new File(entry), files);
		}
		return List.copyOf(files);
	}

	private static void collect(File file, Set<File> files) throws IOException {
		if (!files.add(file) || !file.isFile()) {
			return;
		}
		try (JarFile jar = new JarFile(file)) {
			Manifest manifest = jar.getManifest();
			String more = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH) : null;
			if (more != null && !more.isBlank()) {
				for (String reference : more.strip().split(" +", -1)) {
					URI uri = file.toURI().resolve(reference);
					if ("file".equals(uri.getScheme())) {
						collect(new File(uri.getPath()), files);
					}
				}
			}
		}
	}

	/** A class path with entries in front of one of its own. */
	ClassPath with(List<String> added, File before) {
		List<String> all = new ArrayList<>(this.entries);
		all.addAll(all.indexOf(before.getPath()), added);
		return new ClassPath(all);
	}

	@Override
	public String toString() {
		return this.entries.stream().collect(Collectors.joining(File.pathSeparator));
	}

	/** Not what a loader has nested in an archive. */
	private static @Nullable String file(URL url) {
		try {
			return url.getProtocol().equals("file") ? new File(new URI(url.toString())).getAbsolutePath() : null;
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			return null; // a name nobody has encoded: as if it were not there
		}
	}

}
