package dev.taskqueue.beans;

import org.flywaydb.core.Flyway;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The application.
 */
@SpringBootApplication
@EnableScheduling
public class ShopApplication {

	@Bean
	ApplicationRunner applicationRunner(Journal journal) {
		return (arguments) -> journal.write("application runner");
	}

	@Bean
	CommandLineRunner commandLineRunner(Journal journal) {
		return (arguments) -> journal.write("command line runner");
	}

	@Bean
	FlywayMigrationStrategy migration(Journal journal) {
		return (Flyway flyway) -> {
			journal.write("migration");
			flyway.migrate();
		};
	}

	public static void main(String[] arguments) {
		SpringApplication.run(ShopApplication.class, arguments);
	}

}
