package dev.taskqueue.autoconfigure;

import dev.taskqueue.QueueStartException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a queue that cannot be started with its application context.
 */
final class QueueStartFailureAnalyzer extends AbstractFailureAnalyzer<QueueStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, QueueStartException cause) {
		return new FailureAnalysis(cause.description(), cause.action(), cause);
	}

}
