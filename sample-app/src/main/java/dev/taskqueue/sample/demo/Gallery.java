package dev.taskqueue.sample.demo;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.taskqueue.sample.thumbnail.Thumbnails;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The images that come with the sample, as something to submit.
 */
@Component
class Gallery {

	private final Thumbnails thumbnails;

	private final ResourcePatternResolver resources;

	Gallery(Thumbnails thumbnails, ResourcePatternResolver resources) {
		this.thumbnails = thumbnails;
		this.resources = resources;
	}

	/**
	 * Submit every image once, behind what visitors wait for.
	 * @return how many there were
	 * @throws dev.taskqueue.QueueFullException if too many images wait already
	 */
	int submit() throws IOException {
		List<Resource> images = Stream.of(this.resources.getResources("classpath:gallery/*"))
			.sorted(Comparator.comparing(Gallery::name))
			.toList();
		for (Resource image : images) {
			this.thumbnails.submit(name(image), image.getContentAsByteArray(), Thumbnails.Priority.BACKGROUND);
		}
		return images.size();
	}

	private static String name(Resource image) {
		return Objects.requireNonNull(image.getFilename());
	}

}
