package dev.taskqueue.pool;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The classes and resources of an executable archive as a jar of their own, under the
 * archive's manifest: packages have their versions from it. Not compressed, which is
 * faster to write and to read.
 */
final class ClassesJar {

	/** Say how to start the archive, and where to look for what it does not contain. */
	private static final List<Attributes.Name> LEFT_OUT = List.of(Attributes.Name.MAIN_CLASS,
			Attributes.Name.CLASS_PATH, new Attributes.Name("Launcher-Agent-Class"));

	private ClassesJar() {
	}

	/**
	 * Write the jar.
	 * @param archive the archive
	 * @param entries all its entries
	 * @param prefix what the names of classes begin with
	 * @param directory where to put the jar
	 * @return the jar
	 */
	static Path write(ZipFile archive, List<ZipEntry> entries, String prefix, Path directory) throws IOException {
		Path file = directory.resolve("classes.jar");
		Set<String> written = new HashSet<>(Set.of("", JarFile.MANIFEST_NAME));
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
				JarOutputStream jar = new JarOutputStream(out, manifest(archive))) {
			for (ZipEntry entry : entries) {
				String name = entry.getName();
				if (name.startsWith(prefix) && written.add(name.substring(prefix.length()))) {
					jar.putNextEntry(stored(entry, name.substring(prefix.length())));
					try (InputStream in = archive.getInputStream(entry)) {
						in.transferTo(jar);
					}
					jar.closeEntry();
				}
			}
		}
		return file;
	}

	private static Manifest manifest(ZipFile archive) throws IOException {
		Manifest manifest = new Manifest();
		ZipEntry entry = archive.getEntry(JarFile.MANIFEST_NAME);
		try (InputStream in = archive.getInputStream(entry)) {
			Attributes attributes = new Manifest(in).getMainAttributes();
			LEFT_OUT.forEach(attributes::remove);
			manifest.getMainAttributes().putAll(attributes);
		}
		return manifest;
	}

	private static ZipEntry stored(ZipEntry from, String name) {
		ZipEntry entry = new ZipEntry(name);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(from.getSize());
		entry.setCrc(from.getCrc());
		entry.setTime(from.getTime());
		return entry;
	}

}
