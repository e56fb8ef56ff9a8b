/**
 * Spring Boot's auto-configuration of a {@link dev.taskqueue.TaskQueue}: properties,
 * bean, life cycle, metrics and endpoint.
 */
@NullMarked
package dev.taskqueue.autoconfigure;

import org.jspecify.annotations.NullMarked;
