package dev.taskqueue.benchmarks.shop;

import java.util.concurrent.TimeUnit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * A context that takes a second to start, however fast the machine is.
 */
@Configuration(proxyBeanMethods = false)
public class SlowConfiguration {

	@Bean
	@Lazy(false)
	static Slow slow() throws InterruptedException {
		TimeUnit.SECONDS.sleep(1);
		return new Slow();
	}

	/**
	 * What took the second.
	 */
	public static class Slow {

		/**
		 * Do something with the bean.
		 * @param work what to do
		 */
		public void run(Runnable work) {
			work.run();
		}

	}

}
