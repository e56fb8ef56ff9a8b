package dev.taskqueue.sample.demo;

import java.io.IOException;
import java.net.URI;

import dev.taskqueue.sample.thumbnail.Thumbnails;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The button everybody wants to press. The bomb goes the way of every upload; what
 * follows is the reason for this project: one task fails, and nothing else notices.
 */
@RestController
class BombController {

	private final Thumbnails thumbnails;

	BombController(Thumbnails thumbnails) {
		this.thumbnails = thumbnails;
	}

	@PostMapping("/api/bomb")
	ResponseEntity<Void> submit() throws IOException {
		long id = this.thumbnails.submit("bomb.png", DecompressionBomb.png(), Thumbnails.Priority.VISITOR).id();
		return ResponseEntity.accepted().location(URI.create("/api/thumbnails/" + id)).build();
	}

}
