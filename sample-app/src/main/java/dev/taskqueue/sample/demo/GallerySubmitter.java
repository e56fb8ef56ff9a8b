package dev.taskqueue.sample.demo;

import java.io.IOException;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;
import dev.taskqueue.sample.SampleProperties;
import dev.taskqueue.sample.thumbnail.Thumbnails;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Submits the images that come with the sample once the application is up, so that the
 * page has something to show. The workers may still be starting: tasks wait for them.
 */
@Component
class GallerySubmitter implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(GallerySubmitter.class);

	private final Thumbnails thumbnails;

	private final SampleProperties properties;

	private final ResourcePatternResolver resources;

	GallerySubmitter(Thumbnails thumbnails, SampleProperties properties, ResourcePatternResolver resources) {
		this.thumbnails = thumbnails;
		this.properties = properties;
		this.resources = resources;
	}

	@Override
	public void run(ApplicationArguments args) throws IOException {
		if (!this.properties.submitGallery()) {
			return;
		}
		Resource[] images = this.resources.getResources("classpath:gallery/*");
		for (Resource image : Stream.of(images).sorted(Comparator.comparing(GallerySubmitter::name)).toList()) {
			submit(name(image), image.getContentAsByteArray());
		}
	}

	private void submit(String name, byte[] image) {
		try {
			this.thumbnails.submit(name, image);
		}
		catch (QueueFullException | QueueClosedException ex) {
			// An exception out of a runner would end the application.
			logger.warn("{} is left out: {}", name, ex.getMessage());
		}
	}

	private static String name(Resource image) {
		return Objects.requireNonNull(image.getFilename());
	}

}
