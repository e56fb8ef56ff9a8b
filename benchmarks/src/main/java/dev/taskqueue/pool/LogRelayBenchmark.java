package dev.taskqueue.pool;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.helpers.NOPAppender;
import dev.taskqueue.wire.Frame;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;
import org.slf4j.event.EventConstants;

/**
 * A log line's way through the parent, from its frame to an appender of Logback's that
 * does nothing, on the relay's own thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class LogRelayBenchmark {

	private static final int LINES = 1000;

	private static final String LOGGER = "com.acme.shop.Invoices";

	private final WorkerLink worker = new WorkerLink(1, new byte[Frame.SECRET_LENGTH], false);

	private final LogRelay relay = new LogRelay("benchmark", (link, bytes) -> {
		// The worker has all the credit it wants
	});

	private final Frame.Log event = new Frame.Log(1, EventConstants.INFO_INT, 1_800_000_000_000L, LOGGER, "task",
			"Invoice 4711 was sent to its customer", null, Map.of());

	/**
	 * An appender that does nothing.
	 */
	@Setup
	public void appender() {
		Logger logger = (Logger) LoggerFactory.getLogger(LOGGER);
		NOPAppender<ILoggingEvent> appender = new NOPAppender<>();
		appender.setContext(logger.getLoggerContext());
		appender.start();
		logger.setAdditive(false);
		logger.addAppender(appender);
	}

	/**
	 * Some lines, until all are appended.
	 */
	@Benchmark
	@OperationsPerInvocation(LINES)
	public void lines() {
		for (int i = 0; i < LINES; i++) {
			this.relay.frame(this.worker, this.event, 100);
		}
		this.relay.flushed().join();
	}

}
