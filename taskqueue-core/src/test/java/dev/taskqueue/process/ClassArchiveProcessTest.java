package dev.taskqueue.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.taskqueue.CallableTask;
import dev.taskqueue.CrashReason;
import dev.taskqueue.Task;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.fixture.FixtureContext;
import dev.taskqueue.fixture.Greeter;
import dev.taskqueue.fixture.NoLeftovers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The classes of workers' contexts and tasks in the archive of prepared classes.
 */
@ExtendWith(NoLeftovers.class)
class ClassArchiveProcessTest {

	private static final Duration LONG = Duration.ofMinutes(1);

	@TempDir
	Path directory;

	@Test
	void trainingStartsAndClosesTheContextSoThatItsClassesAreArchived() throws IOException {
		try (TaskQueue queue = builder(Map.of()).start()) {
			queue.add(Greeter.class, Greeter::pid).join(LONG);
			Awaitility.await().atMost(LONG).until(() -> !files("cache/classes", ".archive").isEmpty());
		}
		Path archive = files("cache/classes", ".archive").get(0);
		String name = FixtureContext.class.getName().replace('.', '/');
		assertThat(new String(Files.readAllBytes(archive), StandardCharsets.ISO_8859_1)).contains(name);
		assertThat(files("marks", "")).filteredOn((file) -> file.getFileName().toString().startsWith("closed-"))
			.as("the worker and the training")
			.hasSize(2);
		try (TaskQueue queue = builder(Map.of()).start()) {
			assertThat(queue.submit(Greeter.class, (greeter) -> Files.readString(Path.of("/proc/self/cmdline")))
				.join(LONG)).contains(archive.toString());
		}
	}

	@Test
	void contextThatCannotStartInTheTrainingMakesNoArchiveAndBreaksNothing() throws IOException {
		try (TaskQueue queue = builder(Map.of("starts", "1")).start()) {
			long pid = queue.submit(Greeter.class, Greeter::pid).join(LONG);
			Awaitility.await().atMost(LONG).until(() -> files("marks", "").size() == 2);
			Awaitility.await().atMost(LONG).until(() -> files("cache/classes", "").size() == 1);
			assertThat(files("cache/classes", ".tried")).hasSize(1);
			assertThat(queue.submit(Greeter.class, Greeter::pid).join(LONG)).isEqualTo(pid);
			assertThat(queue.snapshot().failedLaunch()).isNull();
		}
	}

	/** First those of one task; in another session, with the same archive, of two. */
	@Test
	void archiveOfWorkersThatSoonLeaveHasTheClassesOfTheirTasks() throws IOException {
		run(new Greeting(), Greeting.class);
		run(new Parting(), Parting.class);
		assertThat(isArchived(Greeting.class)).isTrue();
		assertThat(files("cache/classes", ".archive")).hasSize(1);
	}

	@Test
	void whatAWorkerLeavesInPlaceOfItsListSaysNothingAboutItsEnd() throws IOException {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).requestsPerWorker(1).worker(options()).start()) {
			assertThatExceptionOfType(WorkerCrashedException.class)
				.isThrownBy(() -> queue.add(new Spoiling()).join(LONG))
				.satisfies((crash) -> assertThat(crash.report().reason()).isEqualTo(CrashReason.EXITED));
		}
	}

	/**
	 * So it need not be adjusted, and they share it. Other workers have it where chance
	 * puts it.
	 */
	@Test
	void workersThatSoonLeaveHaveTheJdksArchiveInTheSamePlace() throws IOException {
		assumeThat(Runtime.version().feature()).as("has an archive that is mapped").isLessThan(25);
		List<String> places = new ArrayList<>();
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).requestsPerWorker(1).worker(options()).start()) {
			places.add(queue.submit(new ArchivePlace()).join(LONG));
			places.add(queue.submit(new ArchivePlace()).join(LONG));
		}
		assertThat(places.get(0)).isNotEmpty().isEqualTo(places.get(1));
	}

	private void run(Task task, Class<?> type) throws IOException {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).requestsPerWorker(1).worker(options()).start()) {
			Awaitility.await().atMost(LONG).until(() -> {
				queue.add(task).join(LONG);
				return isArchived(type);
			});
		}
	}

	private boolean isArchived(Class<?> type) throws IOException {
		for (Path archive : files("cache/classes", ".archive")) {
			String name = type.getName().replace('.', '/');
			if (new String(Files.readAllBytes(archive), StandardCharsets.ISO_8859_1).contains(name)) {
				return true;
			}
		}
		return false;
	}

	private WorkerOptions options() throws IOException {
		return WorkerOptions.defaults().withClassPath(jars()).withCacheDirectory(this.directory.resolve("cache"));
	}

	record Greeting() implements Task {

		@Override
		public void run() {
			// Its class is what matters
		}

	}

	/** Where the first page of the JDK's own archive is. */
	record ArchivePlace() implements CallableTask<String> {

		@Override
		public String call() throws IOException {
			try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
				return maps.filter((map) -> map.endsWith(".jsa"))
					.map((map) -> map.substring(0, map.indexOf('-')))
					.findFirst()
					.orElse("");
			}
		}

	}

	/**
	 * Its JVM's list of loaded classes becomes a file that is there and cannot be read.
	 */
	record Spoiling() implements Task {

		private static final Pattern LIST = Pattern.compile("class\\+load:file=\"([^\"]+)\"");

		@Override
		public void run() throws IOException {
			Matcher list = LIST.matcher(Files.readString(Path.of("/proc/self/cmdline")));
			if (!list.find()) {
				throw new IllegalStateException("it writes none");
			}
			Path file = Path.of(list.group(1));
			Files.delete(file);
			Files.createSymbolicLink(file, Path.of("/proc/self/mem"));
			System.exit(0);
		}

	}

	record Parting() implements Task {

		@Override
		public void run() {
			// Its class is what matters
		}

	}

	private TaskQueue.Builder builder(Map<String, String> values) throws IOException {
		Path marks = Files.createDirectories(this.directory.resolve("marks"));
		return TaskQueue.builder()
			.workerCount(1)
			.workerContext(
					Stream.concat(values.entrySet().stream(), Stream.of(Map.entry("directory", marks.toString())))
						.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
			.worker(options());
	}

	/**
	 * This test's class path with jars in place of directories, which no archive holds.
	 */
	private String jars() throws IOException {
		List<String> jars = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
			Path path = Path.of(entry);
			if (Files.isDirectory(path)) {
				Path jar = this.directory.resolve(path.getFileName() + ".jar");
				if (Files.notExists(jar)) {
					pack(path, jar);
				}
				jars.add(jar.toString());
			}
			else {
				jars.add(entry);
			}
		}
		return String.join(File.pathSeparator, jars);
	}

	private static void pack(Path classes, Path jar) throws IOException {
		try (OutputStream file = Files.newOutputStream(jar);
				ZipOutputStream out = new ZipOutputStream(file);
				Stream<Path> all = Files.walk(classes)) {
			for (Path each : all.filter(Files::isRegularFile).toList()) {
				out.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
				Files.copy(each, out);
				out.closeEntry();
			}
		}
	}

	private List<Path> files(String below, String suffix) throws IOException {
		Path parent = this.directory.resolve(below);
		if (!Files.isDirectory(parent)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(parent)) {
			return files.filter((file) -> file.toString().endsWith(suffix)).toList();
		}
	}

}
