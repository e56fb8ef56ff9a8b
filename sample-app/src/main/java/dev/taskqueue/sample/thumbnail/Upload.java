package dev.taskqueue.sample.thumbnail;

/**
 * An image as it came in.
 *
 * @param name what it is called
 * @param size the size of the file in bytes
 */
public record Upload(String name, long size) {

}
