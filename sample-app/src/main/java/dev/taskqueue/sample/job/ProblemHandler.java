package dev.taskqueue.sample.job;

import dev.taskqueue.PayloadTooLargeException;
import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers every refused request with a problem detail. The queue refuses a task by an
 * exception in the request's own thread; what happens to an accepted one is its
 * {@link Failure}.
 */
@RestControllerAdvice
public class ProblemHandler extends ResponseEntityExceptionHandler {

	private final MultipartProperties limits;

	public ProblemHandler(MultipartProperties limits) {
		this.limits = limits;
	}

	/** Back-pressure: {@code taskqueue.capacity} tasks wait already. */
	@ExceptionHandler
	ResponseEntity<ProblemDetail> queueFull(QueueFullException ex) {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, "1")
			.body(problem(HttpStatus.SERVICE_UNAVAILABLE, "Too many tasks are waiting. Try again in a moment."));
	}

	@ExceptionHandler
	ProblemDetail queueClosed(QueueClosedException ex) {
		return problem(HttpStatus.SERVICE_UNAVAILABLE, "The application is shutting down.");
	}

	@ExceptionHandler
	ProblemDetail payloadTooLarge(PayloadTooLargeException ex) {
		return problem(HttpStatus.CONTENT_TOO_LARGE, ex.getMessage());
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(MaxUploadSizeExceededException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		String detail = "An image may have up to %d MB, and a request up to %d MB."
			.formatted(this.limits.getMaxFileSize().toMegabytes(), this.limits.getMaxRequestSize().toMegabytes());
		return handleExceptionInternal(ex, problem(status, detail), headers, status, request);
	}

	private static ProblemDetail problem(HttpStatusCode status, @Nullable String detail) {
		return ProblemDetail.forStatusAndDetail(status, detail);
	}

}
