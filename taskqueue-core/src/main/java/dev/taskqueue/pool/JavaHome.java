package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java installation, which can be another one than the application's. What its JVM
 * understands is told by its {@code release} file, because starting it would take as long
 * as starting a worker.
 *
 * @param path its home directory
 * @param release the text of its release file, empty if there is none
 */
record JavaHome(Path path, String release) {

	private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

	/** The first that makes an AOT cache in one step. */
	private static final int AOT_CACHE = 25;

	static JavaHome at(Path path) {
		try {
			return new JavaHome(path, Files.readString(path.resolve("release")));
		}
		catch (IOException ex) {
			return new JavaHome(path, "");
		}
	}

	Path executable() {
		return this.path.resolve("bin").resolve("java");
	}

	/** Whether its version can be told. */
	boolean isKnown() {
		return feature() > 0;
	}

	/** Tells it from another installation, also one that has taken its place. */
	String identity() {
		return this.path + "\n" + this.release;
	}

	/** What would go to standard output is the task's, so nothing may be said there. */
	List<String> readArchive(Path archive) {
		return (feature() >= AOT_CACHE) ? List.of("-XX:AOTCache=" + archive, "-Xlog:aot=off", "-Xlog:cds=off")
				: List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
	}

	List<String> writeArchive(Path archive) {
		return (feature() >= AOT_CACHE) ? List.of("-XX:AOTCacheOutput=" + archive)
				: List.of("-XX:ArchiveClassesAtExit=" + archive);
	}

	/**
	 * Map archives to the address they were made for. Adjusting them to another one,
	 * which JVMs choose anew at each start, takes every start six milliseconds of
	 * processor time, and every process seven megabytes of memory that it could share.
	 */
	List<String> keepArchivesInPlace() {
		int feature = feature();
		return (feature > 0 && feature < AOT_CACHE)
				? List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0") : List.of();
	}

	private int feature() {
		Matcher matcher = VERSION.matcher(this.release);
		return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
	}

}
