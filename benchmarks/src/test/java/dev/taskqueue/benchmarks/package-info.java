@NullMarked
package dev.taskqueue.benchmarks;

import org.jspecify.annotations.NullMarked;
