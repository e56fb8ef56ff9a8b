/**
 * The public API of TaskQueue: a queue whose tasks run in a pool of child JVM processes.
 * Start at {@link dev.taskqueue.TaskQueue}.
 */
@NullMarked
package dev.taskqueue;

import org.jspecify.annotations.NullMarked;
