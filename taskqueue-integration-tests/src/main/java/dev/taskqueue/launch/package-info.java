/**
 * An application that does nothing but say what its workers are like.
 */
@NullMarked
package dev.taskqueue.launch;

import org.jspecify.annotations.NullMarked;
