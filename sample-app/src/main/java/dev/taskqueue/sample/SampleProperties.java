package dev.taskqueue.sample;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The sample's own settings.
 *
 * @param box the longest side of a thumbnail, in pixels
 * @param history how many tasks of each queue are remembered; the oldest are forgotten
 * @param submitGallery whether the application's own images are submitted at the start
 */
@ConfigurationProperties("sample")
public record SampleProperties(@DefaultValue("360") int box, @DefaultValue("200") int history,
		@DefaultValue("true") boolean submitGallery) {

}
