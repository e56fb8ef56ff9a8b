package dev.taskqueue.sample.journal;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What happened to worker processes, newest first.
 */
@RestController
class WorkerNewsController {

	private final WorkerNews news;

	WorkerNewsController(WorkerNews news) {
		this.news = news;
	}

	@GetMapping("/api/news")
	List<WorkerNews.Item> list() {
		return this.news.newestFirst();
	}

}
