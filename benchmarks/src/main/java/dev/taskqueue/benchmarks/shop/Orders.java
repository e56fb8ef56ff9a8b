package dev.taskqueue.benchmarks.shop;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * A bean with a database behind it.
 */
@Transactional
public class Orders {

	private final JdbcClient jdbc;

	Orders(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Ask the database for a number.
	 * @return 42
	 */
	public int count() {
		return this.jdbc.sql("select 42").query(Integer.class).single();
	}

}
