package dev.taskqueue.sample.demo;

import java.io.IOException;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * More images at once than there are workers: the queue grows and shrinks, and a worker
 * that has served its number of tasks is replaced on the way.
 */
@RestController
class BurstController {

	private static final int ROUNDS = 4;

	private final Gallery gallery;

	BurstController(Gallery gallery) {
		this.gallery = gallery;
	}

	@PostMapping("/api/burst")
	ResponseEntity<Burst> submit() throws IOException {
		int images = 0;
		for (int round = 0; round < ROUNDS; round++) {
			images += this.gallery.submit();
		}
		return ResponseEntity.accepted().body(new Burst(images));
	}

	/**
	 * What was submitted.
	 *
	 * @param images how many images
	 */
	record Burst(int images) {

	}

}
