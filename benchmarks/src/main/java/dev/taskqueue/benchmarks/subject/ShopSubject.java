package dev.taskqueue.benchmarks.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.benchmarks.shop.OrdersConfiguration;
import dev.taskqueue.benchmarks.shop.ShopApplication;
import dev.taskqueue.benchmarks.shop.SlowConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A Spring Boot application whose workers have beans, or have none. Opened with
 * {@code context}: {@code none}, {@code application} (its own sources), {@code small}
 * (only what tasks use) or {@code slow} (a second of sleep).
 */
final class ShopSubject implements Subject {

	private final BlockingQueue<Duration> ready = new LinkedBlockingQueue<>();

	private @Nullable ConfigurableApplicationContext application;

	@Override
	public String version() {
		return TaskQueueSubject.VERSION;
	}

	@Override
	public void open(Arguments settings) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--logging.level.root=warn",
				"--spring.datasource.url=jdbc:h2:mem:shop", "--taskqueue.worker-count=" + settings.number("workers"),
				"--taskqueue.requests-per-worker=" + settings.number("recycle", 0)));
		Class<?> source = switch (settings.text("context", "")) {
			case "none" -> null;
			case "application" -> ShopApplication.class;
			case "small" -> OrdersConfiguration.class;
			case "slow" -> SlowConfiguration.class;
			default -> throw new IllegalArgumentException(settings.toString());
		};
		if (source != null) {
			arguments.addAll(List.of("--taskqueue.worker.spring.enabled=true",
					"--taskqueue.worker.spring.sources=" + source.getName()));
		}
		SpringApplication spring = new SpringApplication(ShopApplication.class);
		spring.setBannerMode(Banner.Mode.OFF);
		spring.addInitializers(
				(context) -> context.getBeanFactory().registerSingleton("readiness", new Readiness(this.ready)));
		this.application = spring.run(arguments.toArray(String[]::new));
	}

	@Override
	public Map<String, Double> run(String drill, Arguments arguments) throws Exception {
		ConfigurableApplicationContext open = this.application;
		if (open == null) {
			throw new IllegalStateException("not open");
		}
		TaskQueue queue = open.getBean(TaskQueue.class);
		return switch (drill) {
			case "arrivals" -> {
				Work work = Work.of(arguments);
				yield Arriving.run(arguments,
						() -> queue.add(SlowConfiguration.Slow.class, (slow) -> slow.run(work::run)));
			}
			case "application" -> Map.of("millis", applicationStart());
			case "launches" -> launches(queue, arguments.number("tasks"));
			default -> throw new IllegalArgumentException(drill);
		};
	}

	/** One worker after the other, from its launch to ready. */
	private Map<String, Double> launches(TaskQueue queue, int times) throws InterruptedException {
		double millis = 0;
		for (int i = 0; i < times; i++) {
			queue.terminate();
			this.ready.clear();
			queue.start();
			millis += this.ready.take().toNanos() / 1e6;
		}
		return Map.of("millis", millis / times);
	}

	/** The application itself in a JVM of its own, from its launch to started. */
	private static double applicationStart() throws IOException, InterruptedException {
		long begin = System.nanoTime();
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), ShopApplication.class.getName(), "--server.port=0",
				"--taskqueue.enabled=false", "--spring.main.banner-mode=off", "--logging.level.root=warn",
				"--spring.datasource.url=jdbc:h2:mem:shop")
			.redirectError(Redirect.INHERIT)
			.start();
		try (BufferedReader output = process.inputReader()) {
			for (String line = output.readLine(); !ShopApplication.STARTED.equals(line); line = output.readLine()) {
				if (line == null) {
					throw new IOException("The application did not start: exit code " + process.waitFor());
				}
			}
			return (System.nanoTime() - begin) / 1e6;
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	@Override
	public void close() {
		if (this.application != null) {
			this.application.close();
			this.application = null;
		}
	}

	/** Hears how long workers took. */
	private record Readiness(BlockingQueue<Duration> ready) implements TaskQueueListener {

		@Override
		public void workerReady(String queue, long pid, Duration startup) {
			this.ready.add(startup);
		}

	}

}
