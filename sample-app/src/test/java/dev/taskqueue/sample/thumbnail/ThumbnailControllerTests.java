package dev.taskqueue.sample.thumbnail;

import dev.taskqueue.PayloadTooLargeException;
import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueException;
import dev.taskqueue.TaskState;
import dev.taskqueue.sample.SampleProperties;
import dev.taskqueue.sample.catalogue.Catalogue;
import dev.taskqueue.sample.job.ManualHandle;
import dev.taskqueue.sample.job.ProblemHandler;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

class ThumbnailControllerTests {

	private final TaskQueue queue = mock();

	private final ManualHandle<Thumbnail> handle = new ManualHandle<>(1);

	private final MockMvcTester mvc = mvc();

	private MockMvcTester mvc() {
		UploadReader uploads = new UploadReader(UploadReaderTests.limit(DataSize.ofKilobytes(1)));
		Thumbnails thumbnails = new Thumbnails(this.queue, new SampleProperties(100, 10, false));
		return MockMvcTester.create(MockMvcBuilders.standaloneSetup(new ThumbnailController(thumbnails, uploads))
			.setControllerAdvice(new ProblemHandler(UploadReaderTests.limit(DataSize.ofKilobytes(1))))
			.build());
	}

	@Test
	void visitorsImageIsAcceptedAndGoesFirst() {
		accept();
		assertThat(post(new byte[] { 1, 2, 3 })).hasStatus(HttpStatus.ACCEPTED)
			.hasHeader("Location", "/api/thumbnails/1")
			.bodyJson()
			.hasPathSatisfying("$.id", (id) -> assertThat(id).isEqualTo(1))
			.hasPathSatisfying("$.name", (name) -> assertThat(name).isEqualTo("cat.png"));
		verify(this.queue).submit(eq(Catalogue.class), any(ThumbnailTask.class),
				eq(TaskOptions.defaults().priority(10)));
	}

	@Test
	void filesOfAFormAreAccepted() {
		given(this.queue.submit(eq(Catalogue.class), any(ThumbnailTask.class), any())).willReturn(this.handle)
			.willReturn(new ManualHandle<>(2));
		MvcTestResult result = this.mvc.post()
			.uri("/api/thumbnails")
			.multipart()
			.file(new MockMultipartFile("file", "a.png", "image/png", new byte[1]))
			.file(new MockMultipartFile("file", "b.png", "image/png", new byte[1]))
			.exchange();
		assertThat(result).hasStatus(HttpStatus.ACCEPTED).hasHeader("Location", "/api/thumbnails");
		assertThat(result).bodyJson().extractingPath("$[*].name").asArray().containsExactly("a.png", "b.png");
	}

	@Test
	void thumbnailIsServedAsWhatItIs() {
		accept();
		post(new byte[1]);
		this.handle.succeed(new Thumbnail(new byte[] { 4, 5 }, ThumbnailFormat.PNG, 1, 1, 2, 2, 4711));
		MvcTestResult result = this.mvc.get().uri("/api/thumbnails/1/image").exchange();
		assertThat(result).hasStatusOk()
			.hasContentType(MediaType.IMAGE_PNG)
			.hasHeader("X-Content-Type-Options", "nosniff")
			.hasHeader("Cache-Control", "no-store");
		assertThat(result).body().containsExactly(4, 5);
	}

	@Test
	void unknownThumbnailIsNotFound() {
		assertProblem(get("/api/thumbnails/99"), HttpStatus.NOT_FOUND, "no thumbnail 99");
		assertProblem(get("/api/thumbnails/99/image"), HttpStatus.NOT_FOUND, "no thumbnail 99");
	}

	@Test
	void imageOfAWaitingTaskIsAConflict() {
		accept();
		post(new byte[1]);
		assertProblem(get("/api/thumbnails/1/image"), HttpStatus.CONFLICT, "not ready yet: its task is WAITING");
	}

	@Test
	void imageOfAFailedTaskIsAConflict() {
		accept();
		post(new byte[1]);
		this.handle.fail(TaskState.CANCELLED, new TaskCancelledException("cancelled"));
		assertProblem(get("/api/thumbnails/1/image"), HttpStatus.CONFLICT, "cancelled before it finished");
	}

	@Test
	void uploadOverTheLimitIsTooLarge() {
		assertProblem(post(new byte[1025]), HttpStatus.CONTENT_TOO_LARGE, "larger than");
	}

	@Test
	void fullQueueAsksToComeBack() {
		refuse(new QueueFullException("100 tasks wait"));
		MvcTestResult result = post(new byte[1]);
		assertProblem(result, HttpStatus.SERVICE_UNAVAILABLE, "Too many tasks");
		assertThat(result).hasHeader("Retry-After", "1");
	}

	@Test
	void closedQueueIsUnavailable() {
		refuse(new QueueClosedException("terminated"));
		assertProblem(post(new byte[1]), HttpStatus.SERVICE_UNAVAILABLE, "shutting down");
	}

	@Test
	void payloadOverTheQueuesLimitIsTooLarge() {
		refuse(new PayloadTooLargeException("70 MB are more than 64 MB"));
		assertProblem(post(new byte[1]), HttpStatus.CONTENT_TOO_LARGE, "70 MB are more than 64 MB");
	}

	private void accept() {
		given(this.queue.submit(eq(Catalogue.class), any(ThumbnailTask.class), any())).willReturn(this.handle);
	}

	private void refuse(TaskQueueException refusal) {
		given(this.queue.submit(eq(Catalogue.class), any(ThumbnailTask.class), any())).willThrow(refusal);
	}

	private MvcTestResult post(byte[] image) {
		return this.mvc.post()
			.uri("/api/thumbnails?name=cat.png")
			.contentType(MediaType.IMAGE_PNG)
			.content(image)
			.exchange();
	}

	private MvcTestResult get(String uri) {
		return this.mvc.get().uri(uri).exchange();
	}

	private static void assertProblem(MvcTestResult result, HttpStatus status, String detail) {
		assertThat(result).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(result).bodyJson().extractingPath("$.detail").asString().contains(detail);
	}

}
