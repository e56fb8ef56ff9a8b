/**
 * Runs TaskQueue side by side with what one would pick instead, by turns, and writes down
 * what came of it. {@link dev.taskqueue.benchmarks.Scenarios} says what is measured.
 */
@NullMarked
package dev.taskqueue.benchmarks;

import org.jspecify.annotations.NullMarked;
