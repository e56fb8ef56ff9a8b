package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

import dev.taskqueue.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LoadedClassesTest {

	@TempDir
	Path directory;

	/** A JVM's own words, so that another one's are noticed. */
	@Test
	void whatAJvmHasLoadedFromOutsideItsArchive() throws Exception {
		Path file = this.directory.resolve("with a space: and a colon");
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = new ProcessBuilder(java, LoadedClasses.write(file), "-cp",
				System.getProperty("java.class.path"), Main.class.getName())
			.inheritIO()
			.start();
		assertThat(process.waitFor()).isZero();
		assertThat(LoadedClasses.read(file)).contains(Main.class.getName(), Main.Used.class.getName())
			.doesNotContain("java.lang.Object")
			.allSatisfy((name) -> assertThat(name).doesNotContain("/"));
	}

	@Test
	void linesThatNameNoClassOfAJarAreLeftOut() throws IOException {
		Path file = this.directory.resolve("classes");
		Files.write(file,
				List.of("a.B source: file:/x.jar", "a.B source: file:/x.jar", "java.C source: jrt:/java.base",
						"a.D source: shared objects file (top)", "a.E$$Lambda$1/0x1 source: a.B",
						"a.F source: __JVM_LookupDefineClass__", "a.G", "", "x".repeat(600) + " source: file:/x.jar"));
		assertThat(LoadedClasses.read(file)).containsExactly("a.B", "java.C");
	}

	@Test
	void tasksLoadThemAndSkipWhatIsMissing() throws Exception {
		List<Task> tasks = LoadedClasses.tasks(Collections.nCopies(100, "no.such.Class"));
		assertThat(tasks).hasSizeBetween(2, 3);
		for (Task task : tasks) {
			task.run();
		}
		for (Task task : LoadedClasses.tasks(List.of(Initialized.class.getName()))) {
			task.run();
		}
		assertThat(System.getProperty(Initialized.PROPERTY)).as("loaded, not initialized").isNull();
	}

	/** Uses a class. */
	static final class Main {

		private Main() {
		}

		public static void main(String[] arguments) {
			new Used().use();
		}

		/** Used. */
		static final class Used {

			void use() {
				// It is loaded by now
			}

		}

	}

	/** Says if it is. */
	static final class Initialized {

		static final String PROPERTY = "dev.taskqueue.test.initialized";

		static final String AT = System.setProperty(PROPERTY, "true");

		private Initialized() {
		}

	}

}
