package dev.taskqueue.sample.lab;

import java.net.URI;
import java.util.List;

import dev.taskqueue.sample.job.Job;
import dev.taskqueue.sample.journal.Attempts;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The lab's HTTP API: begin an experiment, look at it, cancel it.
 */
@RestController
@RequestMapping("/api/runs")
class LabController {

	private final Experiments experiments;

	private final Attempts attempts;

	LabController(Experiments experiments, Attempts attempts) {
		this.experiments = experiments;
		this.attempts = attempts;
	}

	@PostMapping
	ResponseEntity<RunStatus> run(@RequestParam Experiment experiment) {
		RunStatus accepted = status(this.experiments.run(experiment));
		return ResponseEntity.accepted().location(URI.create("/api/runs/" + accepted.id())).body(accepted);
	}

	@GetMapping
	List<RunStatus> list() {
		return this.experiments.newestFirst().stream().map(this::status).toList();
	}

	@GetMapping("/{id}")
	RunStatus status(@PathVariable long id) {
		return status(find(id));
	}

	/** A request: how the task ends is seen in its status. */
	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void cancel(@PathVariable long id) {
		if (!find(id).cancel()) {
			throw new ResponseStatusException(HttpStatus.CONFLICT, "Run %d has ended already".formatted(id));
		}
	}

	private RunStatus status(Job<Experiment, String> job) {
		return RunStatus.of(job, this.attempts.of(Experiments.QUEUE, job.id()));
	}

	private Job<Experiment, String> find(long id) {
		return this.experiments.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no run %d, or it was forgotten".formatted(id)));
	}

}
