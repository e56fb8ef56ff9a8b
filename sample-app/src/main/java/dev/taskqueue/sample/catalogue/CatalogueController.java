package dev.taskqueue.sample.catalogue;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What workers have recorded, as the application's own connection sees it.
 */
@RestController
class CatalogueController {

	private static final int SHOWN = 20;

	private final Catalogue catalogue;

	CatalogueController(Catalogue catalogue) {
		this.catalogue = catalogue;
	}

	@GetMapping("/api/catalogue")
	Page list() {
		return new Page(this.catalogue.size(), this.catalogue.newestFirst(SHOWN));
	}

	/**
	 * The end of the catalogue.
	 *
	 * @param size how many entries there are
	 * @param newest the last of them, newest first
	 */
	record Page(long size, List<Catalogue.Entry> newest) {
	}

}
