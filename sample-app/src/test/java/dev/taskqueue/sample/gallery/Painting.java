package dev.taskqueue.sample.gallery;

import java.awt.image.BufferedImage;

/**
 * An image made by code. Paints the same every time.
 */
interface Painting {

	BufferedImage paint();

}
