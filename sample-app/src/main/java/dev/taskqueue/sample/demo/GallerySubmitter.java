package dev.taskqueue.sample.demo;

import java.io.IOException;

import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;
import dev.taskqueue.sample.SampleProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Submits the gallery once the application is up, so that the page has something to show.
 * The workers may still be starting: tasks wait for them.
 */
@Component
class GallerySubmitter implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(GallerySubmitter.class);

	private final Gallery gallery;

	private final SampleProperties properties;

	GallerySubmitter(Gallery gallery, SampleProperties properties) {
		this.gallery = gallery;
		this.properties = properties;
	}

	@Override
	public void run(ApplicationArguments args) throws IOException {
		if (!this.properties.submitGallery()) {
			return;
		}
		try {
			this.gallery.submit();
		}
		catch (QueueFullException | QueueClosedException ex) {
			// An exception out of a runner would end the application.
			logger.warn("The rest of the gallery is left out: {}", ex.getMessage());
		}
	}

}
