/**
 * What runs in a process of its own and is measured there: TaskQueue, what one would pick
 * instead in the same JVM, and bare JVMs.
 */
@NullMarked
package dev.taskqueue.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
