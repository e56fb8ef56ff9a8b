/**
 * The application's beans in worker processes: what the application tells its workers,
 * and the lean context that each of them starts. Public where another package of ours
 * needs it; nothing here is for applications to use.
 */
@NullMarked
package dev.taskqueue.autoconfigure.worker;

import org.jspecify.annotations.NullMarked;
