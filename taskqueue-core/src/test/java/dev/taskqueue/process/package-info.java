/**
 * The third ring: tests against real child processes.
 */
@NullMarked
package dev.taskqueue.process;

import org.jspecify.annotations.NullMarked;
