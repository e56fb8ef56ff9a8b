/**
 * Thumbnails: the task, its result, their history and their HTTP API.
 */
@NullMarked
package dev.taskqueue.sample.thumbnail;

import org.jspecify.annotations.NullMarked;
