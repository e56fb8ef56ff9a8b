/**
 * What tests of applications need. Part of the API.
 */
@NullMarked
package dev.taskqueue.test;

import org.jspecify.annotations.NullMarked;
