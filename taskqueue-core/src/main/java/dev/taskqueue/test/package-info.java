/**
 * For the unit tests of applications that use TaskQueue.
 */
@NullMarked
package dev.taskqueue.test;

import org.jspecify.annotations.NullMarked;
