package dev.taskqueue.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the sample application. Nothing here mentions TaskQueue: the starter on the
 * class path brings the {@link dev.taskqueue.TaskQueue} bean, its workers start and stop
 * with the application, and {@code application.properties} says how many there are.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SampleApplication {

	public static void main(String[] args) {
		SpringApplication.run(SampleApplication.class, args);
	}

}
