package dev.taskqueue.benchmarks.subject;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.taskqueue.Task;
import dev.taskqueue.TaskQueue;
import org.slf4j.LoggerFactory;

/**
 * Two tasks that log, in two workers, and an appender here that counts. Each line has a
 * number, and the sum of all numbers must be right: none lost, none twice.
 */
final class LogLines {

	private static final String LOGGER = "benchmarks.lines";

	private static final int TALKERS = 2;

	private static final long PATIENCE = 60;

	private LogLines() {
	}

	static Map<String, Double> run(TaskQueue queue, Arguments arguments) throws InterruptedException {
		int each = arguments.number("tasks") / TALKERS;
		long sum = (long) TALKERS * each * (each - 1) / 2;
		Logger logger = (Logger) LoggerFactory.getLogger(LOGGER);
		logger.setAdditive(false);
		Counter counter = new Counter(TALKERS * each);
		counter.start();
		logger.addAppender(counter);
		try {
			long begin = System.nanoTime();
			for (int i = 0; i < TALKERS; i++) {
				queue.add(new Talk(each));
			}
			long end = counter.awaitLast();
			if (counter.sum() != sum) {
				throw new IllegalStateException(
						"The sum of the lines is %d where it should be %d".formatted(counter.sum(), sum));
			}
			return Map.of("rate", TALKERS * each * 1e9 / (end - begin));
		}
		finally {
			logger.detachAppender(counter);
		}
	}

	/** Logs lines with numbers. */
	record Talk(int lines) implements Task {

		@Override
		public void run() {
			org.slf4j.Logger logger = LoggerFactory.getLogger(LOGGER);
			for (int i = 0; i < this.lines; i++) {
				logger.info("{} is the number of this line of a task that has a lot to say", i);
			}
		}

	}

	/** Counts, and adds up the numbers. Appenders are called under a lock. */
	private static final class Counter extends AppenderBase<ILoggingEvent> {

		private final int expected;

		private int count;

		private long sum;

		private long end;

		Counter(int expected) {
			this.expected = expected;
		}

		@Override
		protected synchronized void append(ILoggingEvent event) {
			String message = event.getFormattedMessage();
			this.sum += Integer.parseInt(message, 0, message.indexOf(' '), 10);
			if (++this.count == this.expected) {
				this.end = System.nanoTime();
				notifyAll();
			}
		}

		synchronized long awaitLast() throws InterruptedException {
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
			while (this.count < this.expected) {
				long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				if (left <= 0) {
					throw new IllegalStateException("%d of %d lines have arrived".formatted(this.count, this.expected));
				}
				wait(left);
			}
			return this.end;
		}

		synchronized long sum() {
			return this.sum;
		}

	}

}
