package dev.taskqueue.autoconfigure.worker;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class JvmPropertiesTests {

	@Test
	void propertiesThatWereGivenAreTold() {
		assertThat(JvmProperties.given(List.of("-Xmx1g", "-Dspring.datasource.url=jdbc:h2:mem:a=b", "-Dflag",
				"-Djavax.net.ssl.trustStore=/etc/trust", "--add-opens=java.base/java.lang=ALL-UNNAMED")))
			.containsExactly(entry("spring.datasource.url", "jdbc:h2:mem:a=b"), entry("flag", ""),
					entry("javax.net.ssl.trustStore", "/etc/trust"));
	}

	@Test
	void whatIsAboutTheProcessIsNot() {
		assertThat(JvmProperties.given(List.of("-Djava.io.tmpdir=/tmp", "-Dcom.sun.management.jmxremote.port=1",
				"-Dloader.main=a.Main", "-Dspring.context.exit=onRefresh", "-Dspring.aot.enabled=true",
				"-Dorg.springframework.boot.logging.LoggingSystem=none", "-Dspring.devtools.restart.enabled=true")))
			.isEmpty();
	}

}
