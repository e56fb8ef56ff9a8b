/**
 * Experiments: tasks that do what no task should, in a queue of their own with limits of
 * its own.
 */
@NullMarked
package dev.taskqueue.sample.lab;

import org.jspecify.annotations.NullMarked;
