package dev.taskqueue.beans;

import java.util.Map;
import java.util.TreeMap;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.boot.ApplicationArguments;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * What a process sees of the application's settings.
 */
@Component
class Facts {

	private final Environment environment;

	private final HikariDataSource database;

	private final ApplicationArguments arguments;

	Facts(Environment environment, HikariDataSource database, ApplicationArguments arguments) {
		this.environment = environment;
		this.database = database;
		this.arguments = arguments;
	}

	Map<String, String> all() {
		Map<String, String> facts = new TreeMap<>();
		facts.put("profiles", String.join(",", this.environment.getActiveProfiles()));
		for (String name : new String[] { "file", "profile", "override", "argument", "system", "worker-file" }) {
			facts.put(name, String.valueOf(this.environment.getProperty("shop." + name)));
		}
		facts.put("pool", String.valueOf(this.database.getMaximumPoolSize()));
		facts.put("words", String.join(",", this.arguments.getNonOptionArgs()));
		return facts;
	}

}
