package dev.taskqueue.autoconfigure;

import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of {@link TaskQueueEndpoint} beside those every endpoint has.
 */
@ConfigurationProperties("management.endpoint.taskqueue")
public class TaskQueueEndpointProperties {

	/**
	 * When to show what tasks say of themselves, which can be personal data. Otherwise
	 * the names of their classes are shown.
	 */
	private Show showValues = Show.NEVER;

	/**
	 * Roles of which a user must have one to be shown what tasks say of themselves. When
	 * empty, every authenticated user is.
	 */
	private final Set<String> roles = new HashSet<>();

	public Show getShowValues() {
		return this.showValues;
	}

	public void setShowValues(Show showValues) {
		this.showValues = showValues;
	}

	public Set<String> getRoles() {
		return this.roles;
	}

}
