package dev.taskqueue.autoconfigure.queued;

import java.util.Objects;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a method that cannot be {@link dev.taskqueue.annotation.Queued}.
 */
final class QueuedMethodFailureAnalyzer extends AbstractFailureAnalyzer<QueuedMethodException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, QueuedMethodException cause) {
		return new FailureAnalysis(Objects.requireNonNull(cause.getMessage()), cause.action(), cause);
	}

}
