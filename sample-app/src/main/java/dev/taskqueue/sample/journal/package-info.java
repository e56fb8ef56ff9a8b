/**
 * What queues tell their listeners, kept for the page: the attempts of tasks, and the
 * comings and goings of worker processes.
 */
@NullMarked
package dev.taskqueue.sample.journal;

import org.jspecify.annotations.NullMarked;
