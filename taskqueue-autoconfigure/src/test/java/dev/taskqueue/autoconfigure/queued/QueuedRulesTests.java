package dev.taskqueue.autoconfigure.queued;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.annotation.Queued;
import dev.taskqueue.autoconfigure.NamedTaskQueuesAutoConfiguration;
import dev.taskqueue.autoconfigure.QueuedAutoConfiguration;
import dev.taskqueue.autoconfigure.TaskQueueAutoConfiguration;
import dev.taskqueue.test.InlineTaskQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.PriorityOrdered;

import static org.assertj.core.api.Assertions.assertThat;

/** What cannot be queued is said at the start. */
class QueuedRulesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskQueueAutoConfiguration.class, QueuedAutoConfiguration.class,
				NamedTaskQueuesAutoConfiguration.class))
		.withPropertyValues("taskqueue.mode=inline", "taskqueue.worker.spring.enabled=true",
				"taskqueue.worker.spring.sources=" + QueuedMethodsTests.Nothing.class.getName(),
				"taskqueue.queues.bare.worker.spring.enabled=false");

	@Test
	void aMethodThatIsPrivateStaticOrFinalIsRefused() {
		assertRefused(PrivateMethod.class, "send", "is private", "Make it public");
		assertRefused(StaticMethod.class, "send", "is static", "instance method");
		assertRefused(FinalMethod.class, "send", "is final", "take 'final' away");
		assertRefused(FinalClass.class, "send", "of a final class", "take 'final' away");
	}

	@Test
	void aMethodThatReturnsSomethingElseIsRefused() {
		assertRefused(Returning.class, "send", "returns java.util.concurrent.Future",
				"void, a CompletableFuture or a TaskHandle");
	}

	@Test
	void aMethodThatItsOwnClassCallsIsRefused() {
		assertRefused(CallsItself.class, "send", "is called by its own class", "another bean");
		assertRefused(Inherits.class, "send", "is called by its own class", "another bean");
		assertRefused(CallsInALambda.class, "send", "is called by its own class", "another bean");
		assertRefused(RefersToItself.class, "send", "is called by its own class", "another bean");
		assertRefused(CallsWithConditions.class, "send", "is called by its own class", "another bean");
	}

	@Test
	void aMethodCalledOnTheBeansOwnProxyIsNot() {
		this.runner.withBean("bean", CallsItsProxy.class, CallsItsProxy::new)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aMethodOutsideOfTheInterfacesIsRefusedWhereTheProxyHasOnlyThem() {
		assertRefused(this.runner.withPropertyValues("spring.aop.proxy-target-class=false"), WithInterface.class,
				"send", "in none of the interfaces", "spring.aop.proxy-target-class");
		this.runner.withBean("bean", WithInterface.class, WithInterface::new)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aBeanOfAnotherScopeIsRefused() {
		this.runner
			.withInitializer((context) -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()))
			.withBean("bean", Fine.class, Fine::new, (definition) -> definition.setScope("thread"))
			.run((context) -> assertThat(failureOf(() -> context.getBean("bean")))
				.satisfies((failure) -> assertThat(analysis(failure).getDescription()).contains("of scope 'thread'")));
	}

	@Test
	void aBeanThatWasMadeTooEarlyIsRefused() {
		this.runner.withBean("bean", Fine.class, Fine::new)
			.withUserConfiguration(Early.class)
			.run((context) -> assertThat(analysis(context.getStartupFailure())).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("send of bean 'bean'", "made before");
				assertThat(analysis.getAction()).contains("ObjectProvider");
			}));
	}

	@Test
	void aBeanThatIsNoBeansDefinitionIsRefused() {
		this.runner.withInitializer((context) -> context.getBeanFactory().registerSingleton("bean", new Fine()))
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("made before"));
	}

	@Test
	void aBeanWithoutADefinitionIsRefused() {
		this.runner.withUserConfiguration(Inner.class)
			.run((context) -> assertThat(analysis(context.getStartupFailure()).getDescription())
				.contains("no definition a worker could find"));
	}

	@Test
	void aQueueThatIsMissingIsRefused() {
		assertRefused(OtherQueue.class, "send", "there is no queue 'video'", "taskQueue, bare");
		assertRefused(
				new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(QueuedAutoConfiguration.class)),
				Fine.class, "send", "there is no queue 'taskQueue'", "");
	}

	@Test
	void aQueueWhoseWorkersHaveNoBeansIsRefused() {
		assertRefused(this.runner.withPropertyValues("taskqueue.worker.spring.enabled=false"), Fine.class, "send",
				"the workers of queue 'taskQueue' have no beans", "taskqueue.worker.spring.enabled=true");
		assertRefused(BareQueue.class, "send", "the workers of queue 'bare' have no beans",
				"taskqueue.queues.bare.worker.spring.enabled=true");
	}

	@Test
	void aQueueOfTheApplicationsOwnIsTrusted() {
		this.runner.withBean("own", TaskQueue.class, InlineTaskQueue::create)
			.withBean("bean", Fine.class, Fine::new)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(classes = { BadDuration.class, NegativeDuration.class, BadAttempts.class })
	void valuesThatMakeNoSenseAreRefused(Class<?> type) {
		assertRefused(type, "send", "cannot be '", "Correct the annotation");
	}

	@Test
	void withoutTaskQueueMethodsAreOrdinary() {
		this.runner.withBean("bean", PrivateMethod.class, PrivateMethod::new)
			.withPropertyValues("taskqueue.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private void assertRefused(Class<?> type, String method, String problem, String action) {
		assertRefused(this.runner, type, method, problem, action);
	}

	private static void assertRefused(ApplicationContextRunner runner, Class<?> type, String method, String problem,
			String action) {
		withBean(runner, type).run((context) -> {
			FailureAnalysis analysis = analysis(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("." + method + " of bean 'bean' is @Queued, but", problem);
			assertThat(analysis.getAction()).contains(action);
		});
	}

	private static <T> ApplicationContextRunner withBean(ApplicationContextRunner runner, Class<T> type) {
		return runner.withBean("bean", type, () -> BeanUtils.instantiateClass(type));
	}

	private static FailureAnalysis analysis(@Nullable Throwable failure) {
		assertThat(failure).isNotNull();
		FailureAnalysis analysis = new QueuedMethodFailureAnalyzer().analyze(failure);
		assertThat(analysis).as(failure.toString()).isNotNull();
		return analysis;
	}

	private static @Nullable Throwable failureOf(Runnable call) {
		try {
			call.run();
			return null;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	static class Fine {

		@Queued
		void send() {
		}

	}

	static class PrivateMethod {

		@Queued
		@SuppressWarnings("UnusedMethod") // found by its annotation
		private void send() {
		}

	}

	static class StaticMethod {

		@Queued
		static void send() {
		}

	}

	static class FinalMethod {

		@Queued
		final void send() {
		}

	}

	static final class FinalClass {

		@Queued
		void send() {
		}

	}

	static class Returning {

		@Queued
		Future<String> send() {
			return CompletableFuture.completedFuture("");
		}

	}

	static class CallsItself {

		@Queued
		void send(long invoice, String text) {
		}

		void sendAll() {
			send(42L, "all");
		}

	}

	static class Inherits extends CallsItself {

	}

	static class CallsInALambda {

		@Queued
		void send(int invoice) {
		}

		void sendAll() {
			IntStream.range(0, 10).forEach((invoice) -> send(invoice));
		}

	}

	static class RefersToItself {

		@Queued
		void send(int invoice) {
		}

		void sendAll() {
			IntStream.range(0, 10).forEach(this::send);
		}

	}

	static class CallsWithConditions {

		@Queued
		void send(long invoice, boolean urgent, String text) {
		}

		void sendAll(long[] invoices, boolean loud) {
			for (long invoice : invoices) {
				try {
					this.send((invoice > 5) ? invoice : 2 * invoice, loud && invoice != 7,
							loud ? "now" : String.valueOf(invoice));
				}
				catch (IllegalStateException ex) {
					throw new IllegalArgumentException(ex);
				}
			}
		}

	}

	static class CallsItsProxy {

		private @Nullable CallsItsProxy self;

		@Queued
		void send(long invoice) {
		}

		void sendAll(CallsItsProxy other) {
			other.send(1);
			if (this.self != null) {
				this.self.send(2);
				Consumer<Long> sender = this.self::send;
				sender.accept(3L);
			}
		}

	}

	interface Named {

		String name();

	}

	static class WithInterface implements Named {

		@Queued
		void send() {
		}

		@Override
		public String name() {
			return "";
		}

	}

	static class OtherQueue {

		@Queued(queue = "video")
		void send() {
		}

	}

	static class BareQueue {

		@Queued(queue = "bare")
		void send() {
		}

	}

	static class BadDuration {

		@Queued(timeout = "soon")
		void send() {
		}

	}

	static class NegativeDuration {

		@Queued(delay = "-1s")
		void send() {
		}

	}

	static class BadAttempts {

		@Queued(maxAttempts = -1)
		void send() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Inner {

		@Bean
		String outer(org.springframework.beans.factory.config.AutowireCapableBeanFactory beanFactory) {
			beanFactory.initializeBean(new Fine(), "nowhere");
			return "";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Early {

		@Bean
		static First needsItEarly(Fine bean) {
			return new First();
		}

	}

	/** Made before other post-processors. */
	static class First implements BeanPostProcessor, PriorityOrdered {

		@Override
		public int getOrder() {
			return 0;
		}

	}

}
