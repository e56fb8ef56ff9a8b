/**
 * Submitted tasks as this application remembers them: their handles, what became of them,
 * and why.
 */
@NullMarked
package dev.taskqueue.sample.job;

import org.jspecify.annotations.NullMarked;
