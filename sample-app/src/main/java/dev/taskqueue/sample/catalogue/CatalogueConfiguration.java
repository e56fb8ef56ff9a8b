package dev.taskqueue.sample.catalogue;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All of this application that runs in workers, too: {@code application.properties} names
 * it there. In the web application it is one configuration among others; in a worker it
 * is the only one, and says which parts of Spring Boot it needs. So workers have no web
 * server, and start in little more time than without Spring.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
		JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class, TransactionAutoConfiguration.class })
class CatalogueConfiguration {

	static {
		// Whoever opens the file first serves it to the others: to this machine only
		System.setProperty("h2.bindAddress", "127.0.0.1");
	}

	@Bean
	Catalogue catalogue(JdbcClient jdbc) {
		return new Catalogue(jdbc);
	}

}
