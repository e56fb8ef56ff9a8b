package dev.taskqueue.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.QueueState;
import dev.taskqueue.RunningTask;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** The endpoint over HTTP, in a real server. */
class TaskQueueEndpointWebTests {

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private @Nullable String url;

	@AfterEach
	void stop() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void theEndpointHasItsShape() throws Exception {
		start();
		JsonNode all = json("/actuator/taskqueue");
		assertThat(all.propertyNames()).containsExactlyInAnyOrder("length", "processed", "queues");
		assertThat(all.path("length").longValue()).isEqualTo(6);
		assertThat(all.path("processed").longValue()).isEqualTo(40);
		assertThat(all.path("queues").propertyNames()).containsExactlyInAnyOrder("taskQueue", "mail");
		JsonNode queue = all.path("queues").path("taskQueue");
		assertThat(queue.propertyNames()).containsExactlyInAnyOrder("state", "length", "processed", "waiting",
				"running", "delayed", "succeeded", "failed", "timedOut", "crashed", "cancelled", "workers", "crashes");
		assertThat(queue.path("state").stringValue()).isEqualTo("RUNNING");
		JsonNode worker = queue.path("workers").path(0);
		assertThat(worker.propertyNames()).containsExactlyInAnyOrder("pid", "state", "processed", "startedAt", "task");
		assertThat(worker.path("pid").longValue()).isEqualTo(4711);
		assertThat(worker.path("state").stringValue()).isEqualTo("BUSY");
		assertThat(worker.path("startedAt").stringValue()).isEqualTo("2026-02-03T04:05:06Z");
		JsonNode task = worker.path("task");
		assertThat(task.propertyNames()).containsExactlyInAnyOrder("id", "description", "runningFor", "progress");
		assertThat(task.path("description").stringValue()).isEqualTo("com.acme.Invoice");
		assertThat(Duration.parse(task.path("runningFor").stringValue())).isPositive();
		assertThat(task.path("progress").isNull()).isTrue();
	}

	@Test
	void oneQueueIsFoundByItsNameAndAnotherIsNot() throws Exception {
		start();
		assertThat(json("/actuator/taskqueue/mail")).isEqualTo(json("/actuator/taskqueue").path("queues").path("mail"));
		assertThat(json("/actuator/taskqueue/mail").path("length").longValue()).isEqualTo(4);
		assertThat(get("/actuator/taskqueue/other").statusCode()).isEqualTo(404);
		assertThat(get("/actuator/taskqueue/MAIL").statusCode()).isEqualTo(404);
	}

	@Test
	void absentValuesAreNullWhateverTheApplicationSaysAboutJson() throws Exception {
		start("management.endpoints.jackson.isolated-json-mapper=false",
				"spring.jackson.default-property-inclusion=non_empty");
		JsonNode workers = json("/actuator/taskqueue/taskQueue").path("workers");
		assertThat(workers.path(1).path("pid").isNull()).isTrue();
		assertThat(workers.path(1).path("task").isNull()).isTrue();
		assertThat(workers.path(0).path("task").path("progress").isNull()).isTrue();
		assertThat(json("/actuator/taskqueue/mail").path("workers").isArray()).isTrue();
	}

	@Test
	void valuesAreShownWhenAlwaysAllowed() throws Exception {
		start("management.endpoint.taskqueue.show-values=always");
		assertThat(description()).isEqualTo("Invoice for Smith");
	}

	@Test
	void valuesAreShownToAnyUserWhenAuthorizedWithoutRoles() throws Exception {
		start("management.endpoint.taskqueue.show-values=when-authorized");
		assertThat(description()).isEqualTo("com.acme.Invoice");
		assertThat(description("User", "anne")).isEqualTo("Invoice for Smith");
	}

	@Test
	void valuesAreShownToUsersOfARoleOnly() throws Exception {
		start("management.endpoint.taskqueue.show-values=when-authorized", "management.endpoint.taskqueue.roles=ops");
		assertThat(description()).isEqualTo("com.acme.Invoice");
		assertThat(description("User", "anne")).isEqualTo("com.acme.Invoice");
		assertThat(description("User", "anne", "Role", "ops")).isEqualTo("Invoice for Smith");
	}

	private void start(String... properties) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.properties("server.port=0", "server.address=127.0.0.1",
					"management.endpoints.web.exposure.include=taskqueue", "spring.main.banner-mode=off")
			.properties(properties)
			.run();
		this.contexts.add(context);
		this.url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
	}

	private String description(String... headers) throws Exception {
		String one = json("/actuator/taskqueue/taskQueue", headers).path("workers")
			.path(0)
			.path("task")
			.path("description")
			.stringValue();
		String all = json("/actuator/taskqueue", headers).path("queues")
			.path("taskQueue")
			.path("workers")
			.path(0)
			.path("task")
			.path("description")
			.stringValue();
		assertThat(one).isEqualTo(all);
		return one;
	}

	private JsonNode json(String path, String... headers) throws Exception {
		HttpResponse<String> response = get(path, headers);
		assertThat(response.statusCode()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TaskQueue taskQueue() {
			StubTaskQueue queue = new StubTaskQueue();
			Instant then = Instant.parse("2026-02-03T04:05:06Z");
			queue.snapshot = StubTaskQueue.snapshot(QueueState.RUNNING, 2, 10,
					new WorkerSnapshot(4711, WorkerState.BUSY, 9, then,
							new RunningTask(12, "Invoice for Smith", "com.acme.Invoice", 1, then, null)),
					new WorkerSnapshot(-1, WorkerState.STARTING, 0, then, null));
			return queue;
		}

		@Bean
		TaskQueue mail() {
			return StubTaskQueue.of(4, 30);
		}

		/** Stands for the application's security. */
		@Bean
		Filter user() {
			return (request, response, chain) -> chain.doFilter(new UserRequest((HttpServletRequest) request),
					response);
		}

	}

	/** A request whose headers say who sent it. */
	private static final class UserRequest extends HttpServletRequestWrapper {

		UserRequest(HttpServletRequest request) {
			super(request);
		}

		@Override
		public @Nullable Principal getUserPrincipal() {
			String user = getHeader("User");
			return (user != null) ? () -> user : null;
		}

		@Override
		public boolean isUserInRole(String role) {
			return role.equals(getHeader("Role"));
		}

	}

}
