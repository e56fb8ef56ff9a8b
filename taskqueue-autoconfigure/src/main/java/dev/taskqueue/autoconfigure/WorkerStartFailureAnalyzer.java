package dev.taskqueue.autoconfigure;

import dev.taskqueue.CrashReason;
import dev.taskqueue.StartFailure;
import dev.taskqueue.WorkerCrashedException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains an application whose start has waited for a task, such as a runner, where no
 * worker process could be started. Workers start beside the context: an application that
 * does not wait is up all the same, with the same explanation in its log and its health.
 */
final class WorkerStartFailureAnalyzer extends AbstractFailureAnalyzer<WorkerCrashedException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, WorkerCrashedException cause) {
		if (cause.reason() != CrashReason.START_FAILED) {
			return null; // a task's affair
		}
		StartFailure failure = StartFailure.of(cause.report());
		return new FailureAnalysis(failure.description(), failure.action(), cause);
	}

}
