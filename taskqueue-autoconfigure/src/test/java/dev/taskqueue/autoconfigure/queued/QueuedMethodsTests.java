package dev.taskqueue.autoconfigure.queued;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.taskqueue.TaskContext;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskNotSerializableException;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.annotation.Queued;
import dev.taskqueue.annotation.QueuedResult;
import dev.taskqueue.autoconfigure.NamedTaskQueuesAutoConfiguration;
import dev.taskqueue.autoconfigure.QueuedAutoConfiguration;
import dev.taskqueue.autoconfigure.TaskQueueAutoConfiguration;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.StubMethod;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Calls that become tasks, in a queue that runs them in the calling thread. */
class QueuedMethodsTests {

	private static final List<String> ran = new ArrayList<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskQueueAutoConfiguration.class, QueuedAutoConfiguration.class,
				NamedTaskQueuesAutoConfiguration.class))
		.withPropertyValues("taskqueue.mode=inline", "taskqueue.worker.spring.enabled=true",
				"taskqueue.worker.spring.sources=" + Nothing.class.getName(), "taskqueue.queues.mail=",
				"invoices.timeout=40s");

	@BeforeEach
	void forget() {
		ran.clear();
	}

	@Test
	void aCallOfAVoidMethodIsATask() {
		run((context) -> {
			context.getBean(Invoices.class).send(42, List.of("a", "b"));
			assertThat(ran).containsExactly("send 42 [a, b] as invoices.send");
			assertThat(context.getBean("taskQueue", TaskQueue.class).snapshot().succeeded()).isOne();
		});
	}

	@Test
	void resultsComeByFutureOrHandle() {
		run((context) -> {
			assertThat(context.getBean(Invoices.class).total(1, 2)).isCompletedWithValue(3);
			TaskHandle<Integer> handle = context.getBean(Invoices.class).count("four");
			assertThat(handle.id()).isPositive();
			assertThat(handle.state()).isEqualTo(TaskState.SUCCEEDED);
			assertThat(handle.join()).isEqualTo(4);
			assertThat(context.getBean("taskQueue", TaskQueue.class).snapshot().succeeded()).isEqualTo(2);
		});
	}

	@Test
	void whatTheMethodThrowsIsTheTasksFailure() {
		run((context) -> assertThat(context.getBean(Invoices.class).fails()).isCompletedExceptionally()
			.failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.withCauseInstanceOf(TaskFailedException.class)
			.withStackTraceContaining("no such invoice"));
	}

	@Test
	void theAnnotationNamesTheQueueAndTheTask() {
		run((context) -> {
			context.getBean(Invoices.class).mail();
			assertThat(ran).containsExactly("mail");
			assertThat(context.getBean("mail", TaskQueue.class).snapshot().succeeded()).isOne();
			assertThat(context.getBean("taskQueue", TaskQueue.class).snapshot().succeeded()).isZero();
		});
	}

	@Test
	void optionsAreThoseOfTheAnnotation() throws Exception {
		QueuedMethod method = QueuedMethod.of("invoices", Invoices.class.getMethod("everything"),
				Invoices.class.getMethod("everything").getAnnotation(Queued.class),
				(text) -> text.replace("${invoices.timeout}", "40s"));
		assertThat(method.options().description()).isEqualTo("all of it");
		assertThat(method.options().timeout()).isEqualTo(Duration.ofSeconds(40));
		assertThat(method.options().softTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(method.options().grace()).isEqualTo(Duration.ofSeconds(2));
		assertThat(method.options().queueTimeout()).isEqualTo(Duration.ofHours(1));
		assertThat(method.options().delay()).isEqualTo(Duration.ofMinutes(5));
		assertThat(method.options().backoff()).isEqualTo(Duration.ofMillis(100));
		assertThat(method.options().priority()).isEqualTo(7);
		assertThat(method.options().maxAttempts()).isEqualTo(3);
		assertThat(method.options().resultType()).isEqualTo(String.class);
		assertThat(method.afterCommit()).isFalse();
	}

	@Test
	void argumentsThatCannotTravelAreRefusedAtTheCall() {
		run((context) -> {
			Invoices invoices = context.getBean(Invoices.class);
			assertThatExceptionOfType(TaskNotSerializableException.class).isThrownBy(() -> invoices.print(new Object()))
				.withMessageContaining("java.lang.Object");
			assertThat(ran).isEmpty();
		});
	}

	@Test
	void inATaskACallIsACall() {
		run((context) -> {
			context.getBean(TaskQueue.class).add(Invoices.class, (invoices) -> invoices.send(1, List.of())).join();
			assertThat(ran).hasSize(1);
			assertThat(context.getBean("taskQueue", TaskQueue.class).snapshot().succeeded()).isOne();
		});
	}

	@Test
	void interfacesCanHaveTheAnnotationAndProxiesOfThemWork() {
		this.runner.withBean("orders", OrdersService.class, OrdersService::new)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.run((context) -> {
				assertThat(AopUtils.isJdkDynamicProxy(context.getBean("orders"))).isTrue();
				context.getBean(Orders.class).ship(3);
				assertThat(ran).containsExactly("ship 3 in a task");
			});
		ran.clear();
		this.runner.withBean("orders", OrdersService.class, OrdersService::new).run((context) -> {
			assertThat(AopUtils.isCglibProxy(context.getBean("orders"))).isTrue();
			context.getBean(Orders.class).ship(3);
			context.getBean(OrdersService.class).ship(4);
			assertThat(ran).containsExactly("ship 3 in a task", "ship 4 in a task");
		});
	}

	@Test
	void aProxyThatIsThereGetsTheAdviceFirst() {
		this.runner.withUserConfiguration(AsyncEnabled.class).withBean("both", Both.class, Both::new).run((context) -> {
			context.getBean(Both.class).queued();
			assertThat(ran).containsExactly("in a task");
		});
	}

	@Test
	void otherMethodsAndOtherBeansAreLeftAlone() {
		this.runner.withBean("invoices", Invoices.class, Invoices::new)
			.withBean("plain", Plain.class, Plain::new)
			.run((context) -> {
				assertThat(context.getBean(Invoices.class).direct()).isEqualTo("outside of a task");
				assertThat(AopUtils.isAopProxy(context.getBean("plain"))).isFalse();
			});
	}

	@Test
	void prototypesWork() {
		this.runner
			.withBean("invoices", Invoices.class, Invoices::new, (definition) -> definition.setScope("prototype"))
			.run((context) -> {
				context.getBean(Invoices.class).send(1, List.of());
				assertThat(ran).hasSize(1);
			});
	}

	/** As libraries have them for what is optional; Spring itself does not mind those. */
	@Test
	void aProductWhoseMethodsNameMissingClassesIsLeftAlone() throws Exception {
		Object odd = naming("no.such.Type");
		FactoryBean<Object> factory = new FactoryBean<>() {

			@Override
			public Object getObject() {
				return odd;
			}

			@Override
			public Class<?> getObjectType() {
				return Object.class;
			}

		};
		this.runner.withBean("odd", FactoryBean.class, () -> factory)
			.run((context) -> assertThat(context.getBean("odd")).isSameAs(odd));
	}

	private static Object naming(String name) throws ReflectiveOperationException {
		TypeDescription missing = new ByteBuddy().subclass(Object.class).name(name).make().getTypeDescription();
		return new ByteBuddy().subclass(Object.class)
			.name("test.Odd")
			.defineMethod("method", void.class, Modifier.PUBLIC)
			.withParameters(missing)
			.intercept(StubMethod.INSTANCE)
			.make()
			.load(QueuedMethodsTests.class.getClassLoader())
			.getLoaded()
			.getConstructor()
			.newInstance();
	}

	private void run(ContextConsumer<AssertableApplicationContext> test) {
		this.runner.withBean("invoices", Invoices.class, Invoices::new).run(test);
	}

	static String where() {
		return (dev.taskqueue.TaskContextHolder.get() != null) ? "in a task" : "outside of a task";
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync(proxyTargetClass = true)
	static class AsyncEnabled {

	}

	public static class Invoices {

		@Queued
		public void send(long invoice, List<String> copies) {
			ran.add("send " + invoice + " " + copies + " as invoices.send");
			assertThat(TaskContext.current().attempt()).isOne();
		}

		@Queued
		public CompletableFuture<Integer> total(int... amounts) {
			return CompletableFuture.supplyAsync(() -> java.util.Arrays.stream(amounts).sum());
		}

		@Queued
		public TaskHandle<Integer> count(String word) {
			return QueuedResult.of(word.length());
		}

		@Queued
		public CompletableFuture<String> fails() {
			throw new IllegalStateException("no such invoice");
		}

		@Queued(queue = "mail")
		void mail() {
			ran.add("mail");
		}

		@Queued(description = "all of it", timeout = "${invoices.timeout}", softTimeout = "30s", grace = "2s",
				queueTimeout = "1h", delay = "PT5M", backoff = "100ms", priority = 7, maxAttempts = 3,
				afterCommit = false)
		public CompletableFuture<String> everything() {
			return CompletableFuture.completedFuture("");
		}

		@Queued
		public void print(Object anything) {
			ran.add("print");
		}

		public String direct() {
			return where();
		}

	}

	interface Orders {

		@Queued
		void ship(int order);

	}

	static class OrdersService implements Orders {

		@Override
		public void ship(int order) {
			ran.add("ship " + order + " " + where());
		}

	}

	static class Both {

		@Queued
		void queued() {
			ran.add(where());
		}

		@Async
		void other() {
		}

	}

	static class Plain {

	}

}
