package dev.taskqueue.sample.catalogue;

import java.time.Instant;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * The thumbnails that were ever made. Tasks write it, with a connection of their worker's
 * own; the web application reads it.
 */
@Transactional
public class Catalogue {

	private final JdbcClient jdbc;

	Catalogue(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Record a thumbnail.
	 * @param name what the image is called
	 * @param width of the image in pixels
	 * @param height of the image in pixels
	 * @param bytes of the thumbnail
	 */
	public void add(String name, int width, int height, int bytes) {
		this.jdbc.sql("insert into thumbnail (name, width, height, bytes, worker) values (?, ?, ?, ?, ?)")
			.params(name, width, height, bytes, ProcessHandle.current().pid())
			.update();
	}

	/**
	 * How many there are.
	 * @return their number
	 */
	@Transactional(readOnly = true)
	public long size() {
		return this.jdbc.sql("select count(*) from thumbnail").query(Long.class).single();
	}

	/**
	 * The last ones.
	 * @param limit how many at most
	 * @return entries, newest first
	 */
	@Transactional(readOnly = true)
	public List<Entry> newestFirst(int limit) {
		return this.jdbc.sql("select * from thumbnail order by id desc limit ?").param(limit).query(Entry.class).list();
	}

	/**
	 * What is known of a thumbnail.
	 *
	 * @param id its number
	 * @param name what the image is called
	 * @param width of the image in pixels
	 * @param height of the image in pixels
	 * @param bytes of the thumbnail
	 * @param worker the process that has made and recorded it
	 * @param at when
	 */
	public record Entry(long id, String name, int width, int height, int bytes, long worker, Instant at) {
	}

}
