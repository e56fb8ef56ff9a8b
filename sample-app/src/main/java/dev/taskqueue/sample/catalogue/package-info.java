/**
 * A database of thumbnails, written by the worker processes that make them.
 */
@NullMarked
package dev.taskqueue.sample.catalogue;

import org.jspecify.annotations.NullMarked;
