/**
 * A web application that makes thumbnails of whatever is uploaded to it. Decoding an
 * unknown image can take any amount of memory, so it happens in TaskQueue's worker
 * processes. Start reading at {@link dev.taskqueue.sample.thumbnail.ThumbnailTask} (what
 * runs in a worker) and {@link dev.taskqueue.sample.thumbnail.Thumbnails} (what hands it
 * over).
 */
@NullMarked
package dev.taskqueue.sample;

import org.jspecify.annotations.NullMarked;
