package dev.taskqueue.autoconfigure.worker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is different in workers, whatever the application's own files say: nothing begins
 * by itself, and pools are small. Only {@code taskqueue.worker.spring.properties} counts
 * more.
 */
final class WorkerProperties {

	/**
	 * Export of metrics is switched on one by one, which counts more than the default.
	 */
	private static final List<String> METRICS = List.of("appoptics", "atlas", "datadog", "dynatrace", "elastic",
			"ganglia", "graphite", "humio", "influx", "jmx", "kairos", "newrelic", "otlp", "prometheus", "stackdriver",
			"statsd", "wavefront");

	private static final List<String> SCHEMAS = List.of("spring.batch.jdbc", "spring.integration.jdbc",
			"spring.quartz.jdbc", "spring.session.jdbc");

	private WorkerProperties() {
	}

	static Map<String, String> of(LeanContextSettings settings) {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("spring.profiles.active", String.join(",", settings.profiles()));
		application(properties, settings.lazy());
		databases(properties);
		monitoring(properties);
		return properties;
	}

	private static void application(Map<String, String> properties, boolean lazy) {
		properties.put("spring.main.web-application-type", "none");
		properties.put("spring.main.lazy-initialization", String.valueOf(lazy));
		properties.put("spring.main.banner-mode", "off");
		properties.put("spring.main.log-startup-info", "false");
		properties.put("spring.main.register-shutdown-hook", "false");
		properties.put("spring.main.keep-alive", "false");
		properties.put("spring.jmx.enabled", "false");
		properties.put("spring.application.admin.enabled", "false");
		properties.put("spring.devtools.restart.enabled", "false");
		properties.put("spring.devtools.livereload.enabled", "false");
		properties.put("spring.docker.compose.lifecycle-management", "none");
		properties.put("spring.batch.job.enabled", "false");
		properties.put("spring.quartz.auto-startup", "false");
	}

	private static void databases(Map<String, String> properties) {
		properties.put("spring.flyway.enabled", "false");
		properties.put("spring.liquibase.enabled", "false");
		properties.put("spring.sql.init.mode", "never");
		properties.put("spring.jpa.generate-ddl", "false");
		properties.put("spring.jpa.hibernate.ddl-auto", "none");
		properties.put("spring.jpa.properties.hibernate.hbm2ddl.auto", "none");
		SCHEMAS.forEach((schema) -> properties.put(schema + ".initialize-schema", "never"));
		properties.put("spring.datasource.hikari.maximum-pool-size", "2");
		properties.put("spring.datasource.hikari.minimum-idle", "0");
		properties.put("spring.datasource.tomcat.max-active", "2");
		properties.put("spring.datasource.tomcat.min-idle", "0");
		properties.put("spring.datasource.tomcat.initial-size", "0");
		properties.put("spring.datasource.dbcp2.max-total", "2");
		properties.put("spring.datasource.dbcp2.min-idle", "0");
		properties.put("spring.r2dbc.pool.max-size", "2");
		properties.put("spring.r2dbc.pool.min-idle", "0");
		properties.put("spring.r2dbc.pool.initial-size", "0");
	}

	private static void monitoring(Map<String, String> properties) {
		properties.put("management.defaults.metrics.export.enabled", "false");
		METRICS.forEach((system) -> properties.put("management." + system + ".metrics.export.enabled", "false"));
		properties.put("management.tracing.export.enabled", "false");
		properties.put("management.logging.export.enabled", "false");
	}

}
