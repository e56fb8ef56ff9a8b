package dev.taskqueue.sample.catalogue;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configuration of workers, with the table that the application makes for them.
 */
class CatalogueTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(CatalogueConfiguration.class, TableConfiguration.class)
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:catalogue");

	@Test
	void newestEntryComesFirst() {
		this.runner.run((context) -> {
			Catalogue catalogue = context.getBean(Catalogue.class);
			catalogue.add("one.png", 400, 200, 1000);
			catalogue.add("two.png", 300, 100, 2000);
			assertThat(catalogue.size()).isEqualTo(2);
			assertThat(catalogue.newestFirst(20)).extracting(Catalogue.Entry::name)
				.containsExactly("two.png", "one.png");
			assertThat(catalogue.newestFirst(1)).singleElement()
				.extracting(Catalogue.Entry::width, Catalogue.Entry::height, Catalogue.Entry::bytes,
						Catalogue.Entry::worker)
				.containsExactly(300, 100, 2000, ProcessHandle.current().pid());
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(DataSourceInitializationAutoConfiguration.class)
	static class TableConfiguration {

	}

}
