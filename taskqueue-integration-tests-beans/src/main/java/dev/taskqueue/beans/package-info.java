/**
 * A web application with a database, migrations, schedules and listeners. It writes down
 * what has begun in which process, and does what it is told over HTTP.
 */
@NullMarked
package dev.taskqueue.beans;

import org.jspecify.annotations.NullMarked;
