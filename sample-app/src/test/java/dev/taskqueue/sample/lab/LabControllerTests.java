package dev.taskqueue.sample.lab;

import dev.taskqueue.QueueFullException;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.sample.SampleProperties;
import dev.taskqueue.sample.job.ManualHandle;
import dev.taskqueue.sample.job.ProblemHandler;
import dev.taskqueue.sample.journal.Attempts;
import org.junit.jupiter.api.Test;

import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

class LabControllerTests {

	private final TaskQueue queue = mock();

	private final ManualHandle<String> handle = new ManualHandle<>(1);

	private final MockMvcTester mvc = MockMvcTester.create(MockMvcBuilders
		.standaloneSetup(
				new LabController(new Experiments(this.queue, new SampleProperties(100, 10, false)), new Attempts()))
		.setControllerAdvice(new ProblemHandler(new MultipartProperties()))
		.build());

	@Test
	void experimentIsSubmittedUnderItsName() {
		begin();
		verify(this.queue).submit(eq(new SystemExit(0)), eq(TaskOptions.defaults().description("System.exit(0)")));
		assertThat(this.mvc.get().uri("/api/runs")).hasStatusOk()
			.bodyJson()
			.extractingPath("$[*].experiment")
			.asArray()
			.containsExactly("EXIT");
	}

	@Test
	void failureIsShown() {
		begin();
		this.handle.fail(TaskState.FAILED, new TaskFailedException("failed", "java.io.IOException", "reset", "trace"));
		assertThat(this.mvc.get().uri("/api/runs/1")).bodyJson()
			.hasPathSatisfying("$.state", (state) -> assertThat(state).isEqualTo("FAILED"))
			.hasPathSatisfying("$.error.reason", (reason) -> assertThat(reason).isEqualTo("IOException"));
	}

	@Test
	void runIsCancelledOnce() {
		begin();
		assertThat(this.mvc.delete().uri("/api/runs/1")).hasStatus(HttpStatus.ACCEPTED);
		assertThat(this.handle.isCancelled()).isTrue();
		this.handle.succeed("done");
		assertThat(this.mvc.delete().uri("/api/runs/1")).hasStatus(HttpStatus.CONFLICT);
	}

	@Test
	void unknownRunIsNotFound() {
		assertThat(this.mvc.get().uri("/api/runs/99")).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void unknownExperimentIsABadRequest() {
		assertThat(this.mvc.post().uri("/api/runs?experiment=NONE")).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void fullQueueAsksToComeBack() {
		given(this.queue.submit(any(SystemExit.class), any())).willThrow(new QueueFullException("20 tasks wait"));
		assertThat(this.mvc.post().uri("/api/runs?experiment=EXIT")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasHeader("Retry-After", "1");
	}

	private void begin() {
		given(this.queue.submit(any(SystemExit.class), any())).willReturn(this.handle);
		assertThat(this.mvc.post().uri("/api/runs?experiment=EXIT")).hasStatus(HttpStatus.ACCEPTED)
			.hasHeader("Location", "/api/runs/1");
	}

}
