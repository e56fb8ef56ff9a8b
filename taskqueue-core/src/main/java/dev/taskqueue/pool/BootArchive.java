package dev.taskqueue.pool;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A Spring Boot executable jar or war, or a directory one was extracted to with its
 * loader. Its manifest names the loader and where classes and libraries are. Immutable.
 *
 * @param file the archive
 * @param loader the package of its loader
 * @param fixed whether the manifest says all its loader looks at; one loader can be given
 * further paths in other ways
 * @param classes where its classes are, with a closing slash
 * @param libraries where its libraries are, with a closing slash each
 */
record BootArchive(File file, String loader, boolean fixed, String classes, List<String> libraries) {

	private static final String LOADERS = "org.springframework.boot.loader.";

	/** In every archive; unlike the other launchers it can be told what to run. */
	private static final String PROPERTIES_LAUNCHER = ".PropertiesLauncher";

	/** Said by the manifest, unless it is from another tool than Spring Boot's own. */
	private static final Attributes.Name CLASSES = new Attributes.Name("Spring-Boot-Classes");

	private static final Attributes.Name LIBRARIES = new Attributes.Name("Spring-Boot-Lib");

	private static final Attributes.Name INDEX = new Attributes.Name("Spring-Boot-Classpath-Index");

	/**
	 * Look at an entry of a class path.
	 * @param file an absolute path
	 * @return the archive, or {@code null} if it is something else
	 */
	static @Nullable BootArchive find(File file) {
		try {
			Manifest manifest = manifest(file);
			String main = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) : null;
			if (manifest == null || main == null || !main.startsWith(LOADERS)) {
				return null;
			}
			Attributes attributes = manifest.getMainAttributes();
			boolean war = main.endsWith(".WarLauncher");
			String classes = attribute(attributes, CLASSES, war ? "WEB-INF/classes/" : "BOOT-INF/classes/");
			String libraries = attribute(attributes, LIBRARIES, war ? "WEB-INF/lib/" : "BOOT-INF/lib/");
			List<String> all = war ? List.of(libraries, "WEB-INF/lib-provided/") : List.of(libraries);
			return new BootArchive(file, main.substring(0, main.lastIndexOf('.')), !main.endsWith(PROPERTIES_LAUNCHER),
					classes, all);
		}
		catch (IOException ex) {
			return null; // the JVM will say what is wrong with it
		}
	}

	private static @Nullable Manifest manifest(File file) throws IOException {
		if (file.isFile()) {
			try (JarFile jar = new JarFile(file)) {
				return jar.getManifest();
			}
		}
		File extracted = new File(file, JarFile.MANIFEST_NAME);
		if (!extracted.isFile()) {
			return null;
		}
		try (InputStream stream = new FileInputStream(extracted)) {
			return new Manifest(stream);
		}
	}

	private static String attribute(Attributes attributes, Attributes.Name name, String otherwise) {
		String value = attributes.getValue(name);
		return (value != null) ? value : otherwise;
	}

	boolean isDirectory() {
		return this.file.isDirectory();
	}

	/** What to call so that the archive's loader runs our main class. */
	LaunchTarget byLoader(ClassPath classPath, String mainClass) {
		List<String> options = new ArrayList<>(List.of("-Dloader.main=" + mainClass));
		if (this.classes.startsWith("WEB-INF/")) {
			// This loader knows the layout of jars only
			options.add("-Dloader.path=" + this.classes + "," + String.join(",", this.libraries));
		}
		return new LaunchTarget(options, classPath, this.loader + PROPERTIES_LAUNCHER);
	}

	/** A directory's classes and libraries, in the order of its index. */
	List<String> extracted() throws IOException {
		Set<String> paths = new LinkedHashSet<>();
		paths.add(new File(this.file, this.classes).getPath());
		Manifest manifest = manifest(this.file);
		String index = (manifest != null) ? manifest.getMainAttributes().getValue(INDEX) : null;
		if (index != null && new File(this.file, index).isFile()) {
			for (String line : Files.readAllLines(new File(this.file, index).toPath())) {
				if (line.startsWith("- \"") && line.endsWith("\"")) {
					paths.add(new File(this.file, line.substring(3, line.length() - 1)).getPath());
				}
			}
		}
		for (String directory : this.libraries) {
			Path path = new File(this.file, directory).toPath();
			if (Files.isDirectory(path)) {
				try (Stream<Path> files = Files.list(path)) {
					files.map(Path::toString).sorted().forEach(paths::add);
				}
			}
		}
		return List.copyOf(paths);
	}

}
