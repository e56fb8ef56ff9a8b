package dev.taskqueue.benchmarks.subject;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * The version of a library, as Maven has written it into its jar.
 */
final class LibraryVersion {

	private LibraryVersion() {
	}

	static String of(String group, String artifact) {
		Properties properties = new Properties();
		try (InputStream in = LibraryVersion.class
			.getResourceAsStream("/META-INF/maven/" + group + "/" + artifact + "/pom.properties")) {
			if (in != null) {
				properties.load(in);
			}
		}
		catch (IOException ex) {
			// Then it is not known
		}
		return properties.getProperty("version", "unknown");
	}

}
