package dev.taskqueue.pool;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What a worker's JVM starts so that it sees the application's classes: our main class on
 * the same class path or, where that is nothing but a Spring Boot executable jar, the
 * jar's own loader, told to run our main class.
 *
 * @param options what goes before the class path
 * @param mainClass the class to start
 */
record LaunchTarget(List<String> options, String mainClass) {

	private static final String MAIN = "dev.taskqueue.worker.WorkerMain";

	/** In every executable jar; unlike its other launchers it can be told what to run. */
	private static final String BOOT_LOADER = "org.springframework.boot.loader.launch.PropertiesLauncher";

	static LaunchTarget of(String classPath) {
		return isExecutableJar(classPath) ? new LaunchTarget(List.of("-Dloader.main=" + MAIN), BOOT_LOADER)
				: new LaunchTarget(List.of(), MAIN);
	}

	private static boolean isExecutableJar(String classPath) {
		if (classPath.contains(File.pathSeparator) || !new File(classPath).isFile()) {
			return false;
		}
		try (JarFile jar = new JarFile(classPath)) {
			Manifest manifest = jar.getManifest();
			String main = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) : null;
			return main != null && main.startsWith("org.springframework.boot.loader.");
		}
		catch (IOException ex) {
			return false; // the JVM will say what is wrong with it
		}
	}

}
