/**
 * The parent's side of the pool: decisions, supervision, launching and killing. Internal.
 */
@NullMarked
package dev.taskqueue.pool;

import org.jspecify.annotations.NullMarked;
