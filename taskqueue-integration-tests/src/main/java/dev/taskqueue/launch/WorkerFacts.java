package dev.taskqueue.launch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.taskqueue.CallableTask;

/**
 * What a worker sees of the application.
 */
final class WorkerFacts implements CallableTask<Map<String, String>> {

	private static final long serialVersionUID = 1L;

	/** Comes back unchanged only if compiler, task, wire and console agree on letters. */
	static final String LETTERS = "Größe, 大小, 🦆";

	private static final Pattern ARCHIVE = Pattern.compile("SharedArchiveFile|AOTCache");

	@Override
	public Map<String, String> call() throws IOException {
		Map<String, String> facts = new TreeMap<>();
		ClassLoader loader = WorkerFacts.class.getClassLoader();
		facts.put("worker", String.valueOf(System.getProperty("dev.taskqueue.worker")));
		facts.put("pid", String.valueOf(ProcessHandle.current().pid()));
		facts.put("archive",
				ManagementFactory.getRuntimeMXBean()
					.getInputArguments()
					.stream()
					.filter((argument) -> ARCHIVE.matcher(argument).find())
					.findFirst()
					.orElse("none"));
		facts.put("letters", LETTERS);
		facts.put("class-path", System.getProperty("java.class.path"));
		facts.put("loader", loader.getClass().getName());
		facts.put("java", Runtime.version().toString());
		facts.put("directory", System.getProperty("user.dir"));
		facts.put("version", String.valueOf(WorkerFacts.class.getPackage().getImplementationVersion()));
		try (InputStream resource = loader.getResourceAsStream("fixture.txt")) {
			facts.put("resource", (resource != null)
					? new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip() : "missing");
		}
		// As classpath scanning does: it asks for directories
		facts.put("package", String.valueOf(loader.getResource("dev/taskqueue/launch/") != null));
		facts.put("manifests", String.valueOf(loader.resources("META-INF/MANIFEST.MF").count()));
		return facts;
	}

}
