/**
 * Paints the images the sample starts with, so that they are nobody else's. Run
 * {@link dev.taskqueue.sample.gallery.Gallery} to paint them again.
 */
@NullMarked
package dev.taskqueue.sample.gallery;

import org.jspecify.annotations.NullMarked;
