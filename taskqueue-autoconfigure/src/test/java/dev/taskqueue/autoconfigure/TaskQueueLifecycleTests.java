package dev.taskqueue.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.taskqueue.QueueState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class TaskQueueLifecycleTests {

	private final CountDownLatch drained = new CountDownLatch(1);

	private final CountDownLatch calledBack = new CountDownLatch(1);

	private final StubTaskQueue queue = new StubTaskQueue();

	private final TaskQueueLifecycle lifecycle = new TaskQueueLifecycle(this.queue);

	@AfterEach
	void endDrains() {
		this.drained.countDown();
	}

	@Test
	void stopReturnsAtOnceAndCallsBackWhenTheQueueHasDrained() throws InterruptedException {
		this.queue.drain = this::awaitDrained;
		this.lifecycle.stop(this.calledBack::countDown);
		await().until(() -> this.queue.closes.get() == 1);
		assertThat(this.calledBack.getCount()).isOne();
		this.drained.countDown();
		assertThat(this.calledBack.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.lifecycle.isRunning()).isFalse();
	}

	@Test
	void stopCallsBackWhenTheQueueFails() throws InterruptedException {
		this.queue.drain = () -> {
			throw new IllegalStateException("on purpose");
		};
		this.lifecycle.stop(this.calledBack::countDown);
		assertThat(this.calledBack.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void stopDrainsInAThreadThatDoesNotKeepTheApplicationAlive() throws InterruptedException {
		AtomicBoolean daemon = new AtomicBoolean();
		this.queue.drain = () -> daemon.set(Thread.currentThread().isDaemon());
		this.lifecycle.stop(this.calledBack::countDown);
		assertThat(this.calledBack.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(daemon).isTrue();
	}

	@Test
	void stoppingTwiceCallsBackTwice() throws InterruptedException {
		CountDownLatch both = new CountDownLatch(2);
		this.queue.start();
		this.lifecycle.stop(both::countDown);
		this.lifecycle.stop(both::countDown);
		assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
		assertThatCode(this.lifecycle::stop).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@EnumSource(QueueState.class)
	void runsWhereThereIsSomethingToStop(QueueState state) {
		this.queue.snapshot = StubTaskQueue.snapshot(state, 0, 0);
		assertThat(this.lifecycle.isRunning()).isEqualTo(state != QueueState.CREATED && state != QueueState.TERMINATED);
	}

	@Test
	void stopsAfterServersAndExecutorsAndBeforeOrdinaryBeans() {
		assertThat(this.lifecycle.getPhase()).isEqualTo(Integer.MAX_VALUE / 2 - 1024)
			.isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048)
			.isLessThan(ExecutorConfigurationSupport.DEFAULT_PHASE)
			.isPositive();
	}

	/** Other numbers than Spring's own, which start before or after it. */
	@Test
	void startsAfterTheWebServerAndBeforeOrdinaryBeans() {
		assertThat(new TaskQueueStart(this.queue, true).getPhase())
			.isGreaterThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
			.isLessThan(SmartLifecycle.DEFAULT_PHASE - 100);
	}

	@Test
	void contextStartsTheQueueAndStopsItOnce() {
		try (AnnotationConfigApplicationContext context = contextWith(true)) {
			context.refresh();
			assertThat(this.queue.starts).hasValue(1);
			assertThat(this.queue.closes).hasValue(0);
		}
		assertThat(this.queue.closes).hasValue(1);
	}

	@Test
	void contextDoesNotStartAQueueWithoutAutoStartup() {
		try (AnnotationConfigApplicationContext context = contextWith(false)) {
			context.refresh();
			assertThat(this.queue.starts).hasValue(0);
			context.start();
			assertThat(this.queue.starts).hasValue(1);
		}
	}

	@Test
	void contextStopsAQueueThatTheApplicationStarted() {
		try (AnnotationConfigApplicationContext context = contextWith(false)) {
			context.refresh();
			this.queue.start();
		}
		assertThat(this.queue.closes).hasValue(1);
	}

	@Test
	void contextOpensTheQueueAgainWhenItIsStartedAgain() {
		try (AnnotationConfigApplicationContext context = contextWith(true)) {
			context.refresh();
			context.stop();
			assertThat(this.queue.closes).hasValue(1);
			assertThat(this.lifecycle.isRunning()).isFalse();
			context.start();
			assertThat(this.queue.starts).hasValue(2);
			assertThat(this.lifecycle.isRunning()).isTrue();
		}
	}

	@Test
	void contextOpensTheQueueAgainAfterAPause() {
		try (AnnotationConfigApplicationContext context = contextWith(true)) {
			context.refresh();
			context.pause();
			assertThat(this.queue.closes).hasValue(1);
			context.restart();
			assertThat(this.queue.starts).hasValue(2);
		}
	}

	@Test
	void contextWaitsForADrainThatIsLongerThanAPhaseUsuallyTakes() throws InterruptedException {
		AtomicBoolean laterPhaseStopped = new AtomicBoolean();
		this.queue.drain = this::awaitDrained;
		AnnotationConfigApplicationContext context = contextWith(true);
		context.registerBean("later", SmartLifecycle.class, () -> new LaterPhase(laterPhaseStopped));
		context.refresh();
		DefaultLifecycleProcessor processor = context.getBean(DefaultLifecycleProcessor.class);
		processor.setTimeoutPerShutdownPhase(50);
		TaskQueueLifecycle.extendPhase(processor, Duration.ofSeconds(20), Duration.ofMillis(50));
		Thread closing = new Thread(context::close);
		closing.start();
		await().until(() -> this.queue.closes.get() == 1);
		await().during(Duration.ofMillis(300)).until(() -> !laterPhaseStopped.get());
		this.drained.countDown();
		closing.join();
		assertThat(laterPhaseStopped).isTrue();
	}

	@Test
	void anEndlessTerminateTimeoutDoesNotOverflow() {
		DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
		assertThatCode(() -> TaskQueueLifecycle.extendPhase(processor, Duration.ofSeconds(Long.MAX_VALUE),
				Duration.ofSeconds(30)))
			.doesNotThrowAnyException();
	}

	private AnnotationConfigApplicationContext contextWith(boolean autoStartup) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, DefaultLifecycleProcessor.class);
		context.registerBean(TaskQueueLifecycle.class, () -> this.lifecycle);
		context.registerBean(TaskQueueStart.class, () -> new TaskQueueStart(this.queue, autoStartup));
		return context;
	}

	private void awaitDrained() {
		try {
			this.drained.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Stands for a data source or whatever else the shutdown closes after the queue. */
	private static final class LaterPhase implements SmartLifecycle {

		private final AtomicBoolean stopped;

		LaterPhase(AtomicBoolean stopped) {
			this.stopped = stopped;
		}

		@Override
		public void start() {
		}

		@Override
		public void stop() {
			this.stopped.set(true);
		}

		@Override
		public boolean isRunning() {
			return !this.stopped.get();
		}

		@Override
		public int getPhase() {
			return 0;
		}

	}

}
