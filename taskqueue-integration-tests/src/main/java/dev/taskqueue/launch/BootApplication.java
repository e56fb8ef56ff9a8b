package dev.taskqueue.launch;

import dev.taskqueue.TaskQueue;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * The application with Spring Boot.
 */
@SpringBootApplication
public class BootApplication {

	@Bean
	Conversation conversation() {
		return new Conversation();
	}

	@Bean
	CommandLineRunner run(TaskQueue queue, Conversation conversation) {
		return (arguments) -> conversation.hold(queue, arguments);
	}

	public static void main(String[] arguments) {
		SpringApplication.run(BootApplication.class, arguments).close();
	}

}
