/**
 * The child's side of the pool: main, runner and log forwarding. Internal; never sees
 * {@code dev.taskqueue.pool}.
 */
@NullMarked
package dev.taskqueue.worker;

import org.jspecify.annotations.NullMarked;
