package dev.taskqueue.benchmarks.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application.
 */
@SpringBootApplication
public class ShopApplication {

	/** What it says when it has started. */
	public static final String STARTED = "started";

	public static void main(String[] arguments) {
		SpringApplication.run(ShopApplication.class, arguments);
		System.out.println(STARTED);
	}

}
