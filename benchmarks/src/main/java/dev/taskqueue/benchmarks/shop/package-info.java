/**
 * An application as many are: a web server, Actuator, a database.
 */
@NullMarked
package dev.taskqueue.benchmarks.shop;

import org.jspecify.annotations.NullMarked;
