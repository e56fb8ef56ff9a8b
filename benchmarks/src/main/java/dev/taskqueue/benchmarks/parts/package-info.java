/**
 * JMH for the parts that can be seen from outside. Those that cannot are in the packages
 * of the parts.
 */
@NullMarked
package dev.taskqueue.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
