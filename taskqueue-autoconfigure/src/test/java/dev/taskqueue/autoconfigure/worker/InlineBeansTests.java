package dev.taskqueue.autoconfigure.worker;

import dev.taskqueue.NoWorkerContextException;
import dev.taskqueue.TaskQueue;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A test of a user's, without processes: beans are those of the test. */
@SpringBootTest(properties = { "taskqueue.mode=inline", "taskqueue.worker.spring.enabled=true",
		"taskqueue.queues.plain.worker.spring.enabled=false" })
class InlineBeansTests {

	@Autowired
	private TaskQueue queue;

	@Autowired
	@Qualifier("plain")
	private TaskQueue plain;

	@Autowired
	private Greeter greeter;

	@MockitoBean
	private Names names;

	@Test
	void tasksUseTheBeansOfTheTest() {
		BDDMockito.given(this.names.name()).willReturn("mock");
		assertThat(this.queue.submit(Greeter.class, Greeter::greet).join()).isEqualTo("hello, mock");
		this.queue.add(Greeter.class, Greeter::count).join();
		assertThat(this.greeter.counted).isOne();
	}

	@Test
	void whatProductionRefusesIsRefused() {
		assertThatExceptionOfType(NoWorkerContextException.class)
			.isThrownBy(() -> this.plain.submit(Greeter.class, Greeter::greet));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Greeter greeter(Names names) {
			return new Greeter(names);
		}

	}

	interface Names {

		String name();

	}

	static class Greeter {

		private final Names names;

		private int counted;

		Greeter(Names names) {
			this.names = names;
		}

		String greet() {
			return "hello, " + this.names.name();
		}

		void count() {
			this.counted++;
		}

	}

}
