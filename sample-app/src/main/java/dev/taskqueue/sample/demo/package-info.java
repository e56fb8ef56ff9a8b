/**
 * What makes the sample worth looking at: images to start with, a burst of them, and a
 * decompression bomb.
 */
@NullMarked
package dev.taskqueue.sample.demo;

import org.jspecify.annotations.NullMarked;
