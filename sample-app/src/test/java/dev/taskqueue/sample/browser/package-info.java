/**
 * The page in a real browser.
 */
@NullMarked
package dev.taskqueue.sample.browser;

import org.jspecify.annotations.NullMarked;
