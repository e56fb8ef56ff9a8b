/**
 * How calls of {@link dev.taskqueue.annotation.Queued} methods become tasks. Public where
 * another package of ours needs it; nothing here is for applications to use.
 */
@NullMarked
package dev.taskqueue.autoconfigure.queued;

import org.jspecify.annotations.NullMarked;
