/**
 * Micrometer observations of tasks: of the call that adds one, and of each of its
 * attempts. A convention bean of this package's types changes their names and keys.
 */
@NullMarked
package dev.taskqueue.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
