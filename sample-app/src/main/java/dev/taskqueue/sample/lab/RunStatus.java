package dev.taskqueue.sample.lab;

import java.time.Instant;
import java.util.List;

import dev.taskqueue.TaskState;
import dev.taskqueue.sample.job.Failure;
import dev.taskqueue.sample.job.Job;
import dev.taskqueue.sample.journal.Attempts.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * One run of an experiment as the API shows it.
 *
 * @param id the run's id
 * @param experiment what was tried
 * @param name what people call it
 * @param state the task's state
 * @param submittedAt when it was submitted
 * @param millis from the submission to the end, waiting included
 * @param result what came of it, once the state is {@link TaskState#SUCCEEDED}
 * @param error why nothing came of it
 * @param attempts the attempts that have ended, first one first
 */
record RunStatus(long id, Experiment experiment, String name, TaskState state, Instant submittedAt,
		@Nullable Long millis, @Nullable String result, @Nullable Failure error, List<Attempt> attempts) {

	static RunStatus of(Job<Experiment, String> job, List<Attempt> attempts) {
		Job.Outcome<String> outcome = job.outcome();
		return new RunStatus(job.id(), job.subject(), job.subject().title(), job.state(outcome), job.submittedAt(),
				(outcome != null) ? outcome.took().toMillis() : null,
				(outcome instanceof Job.Done<String> done) ? done.value() : null,
				(outcome instanceof Job.Failed<String> failed) ? failed.failure() : null, attempts);
	}

}
