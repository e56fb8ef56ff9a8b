/**
 * What applications write on their beans.
 */
@NullMarked
package dev.taskqueue.annotation;

import org.jspecify.annotations.NullMarked;
