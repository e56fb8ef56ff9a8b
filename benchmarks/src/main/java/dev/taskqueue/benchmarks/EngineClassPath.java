package dev.taskqueue.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an application has that uses the engine alone: these benchmarks, and of their
 * libraries those the engine needs. A worker has its application's class path, and this
 * program's has Spring Boot and every peer on it.
 */
final class EngineClassPath {

	private static final List<String> LIBRARIES = List.of("taskqueue-core-", "slf4j-api-", "logback-", "jspecify-");

	private EngineClassPath() {
	}

	/**
	 * Write the benchmarks once more, as a jar that names no libraries.
	 * @param scratch where to
	 * @return a class path
	 * @throws IOException if that fails
	 */
	static String in(Path scratch) throws IOException {
		Path jar = own();
		Path copy = scratch.resolve("engine.jar");
		if (Files.notExists(copy)) {
			copyWithoutManifest(jar, copy);
		}
		try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
			return Stream
				.concat(Stream.of(copy),
						libraries.filter((library) -> LIBRARIES.stream()
							.anyMatch((name) -> library.getFileName().toString().startsWith(name))))
				.map(Path::toString)
				.collect(Collectors.joining(File.pathSeparator));
		}
	}

	private static Path own() throws IOException {
		try {
			return Path.of(EngineClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IOException(ex);
		}
	}

	private static void copyWithoutManifest(Path from, Path to) throws IOException {
		try (JarFile source = new JarFile(from.toFile());
				OutputStream file = Files.newOutputStream(to);
				JarOutputStream target = new JarOutputStream(file)) {
			for (Enumeration<JarEntry> entries = source.entries(); entries.hasMoreElements();) {
				JarEntry entry = entries.nextElement();
				if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
					target.putNextEntry(new JarEntry(entry.getName()));
					source.getInputStream(entry).transferTo(target);
					target.closeEntry();
				}
			}
		}
	}

}
