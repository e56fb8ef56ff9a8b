/**
 * What parent and worker share: frames, the channel that carries them, the memory-mapped
 * page and the serialization of tasks and results. Internal; depends on nothing else of
 * TaskQueue.
 */
@NullMarked
package dev.taskqueue.wire;

import org.jspecify.annotations.NullMarked;
