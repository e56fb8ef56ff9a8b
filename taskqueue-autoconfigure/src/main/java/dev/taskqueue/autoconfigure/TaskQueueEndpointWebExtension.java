package dev.taskqueue.autoconfigure;

import java.util.Set;

import dev.taskqueue.autoconfigure.TaskQueueEndpoint.TaskQueueDescriptor;
import dev.taskqueue.autoconfigure.TaskQueueEndpoint.TaskQueuesDescriptor;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link TaskQueueEndpoint} over HTTP, where it is known who asks. Thread-safe.
 */
@EndpointWebExtension(endpoint = TaskQueueEndpoint.class)
public class TaskQueueEndpointWebExtension {

	private final TaskQueueEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 * @param showValues when to show what tasks say of themselves
	 * @param roles of which a user must have one to be shown it; empty: every
	 * authenticated user
	 */
	public TaskQueueEndpointWebExtension(TaskQueueEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * All queues.
	 * @param securityContext who asks
	 * @return their description
	 */
	@ReadOperation
	public TaskQueuesDescriptor queues(SecurityContext securityContext) {
		return this.delegate.queues(isShown(securityContext));
	}

	/**
	 * One queue.
	 * @param securityContext who asks
	 * @param queue the name of its bean
	 * @return its description, or status 404 if there is no such queue
	 */
	@ReadOperation
	public WebEndpointResponse<TaskQueueDescriptor> queue(SecurityContext securityContext, @Selector String queue) {
		TaskQueueDescriptor descriptor = this.delegate.queue(queue, isShown(securityContext));
		return (descriptor != null) ? new WebEndpointResponse<>(descriptor)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	private boolean isShown(SecurityContext securityContext) {
		return this.showValues.isShown(securityContext, this.roles);
	}

}
