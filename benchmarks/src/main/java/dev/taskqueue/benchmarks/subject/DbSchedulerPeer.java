package dev.taskqueue.benchmarks.subject;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * db-scheduler on H2 in memory: tasks that outlive nothing, but pass through SQL.
 */
final class DbSchedulerPeer implements Peer {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

	private final OneTimeTask<Void> task = Tasks.oneTime("nothing")
		.execute((instance, context) -> Arrivals.arrived(Integer.parseInt(instance.getId())));

	private @Nullable JdbcConnectionPool database;

	private @Nullable Scheduler scheduler;

	@Override
	public String version() {
		return LibraryVersion.of("com.github.kagkarlsson", "db-scheduler") + "(H2-" + org.h2.engine.Constants.VERSION
				+ ")";
	}

	@Override
	public void open(Arguments settings) throws SQLException {
		JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:tasks;DB_CLOSE_DELAY=-1", "sa", "");
		this.database = pool;
		try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("""
					create table scheduled_tasks (
						task_name varchar(100) not null,
						task_instance varchar(100) not null,
						task_data blob,
						execution_time timestamp with time zone not null,
						picked boolean not null,
						picked_by varchar(50),
						last_success timestamp with time zone,
						last_failure timestamp with time zone,
						consecutive_failures int,
						last_heartbeat timestamp with time zone,
						version bigint not null,
						priority smallint,
						primary key (task_name, task_instance))""");
			statement.execute("create index execution_time_index on scheduled_tasks (execution_time)");
			statement.execute("create index last_heartbeat_index on scheduled_tasks (last_heartbeat)");
		}
		Scheduler created = Scheduler.create(pool, this.task)
			.threads(settings.number("workers"))
			.pollingInterval(POLL_INTERVAL)
			.enableImmediateExecution()
			.build();
		this.scheduler = created;
		created.start();
	}

	@Override
	public Pending add(Work work) {
		if (this.scheduler == null || !(work instanceof Work.Nothing)) {
			throw new IllegalStateException("not open, or asked for something else than nothing: " + work);
		}
		int number = Arrivals.expect();
		Pending pending = Arrivals.pending(number);
		this.scheduler.schedule(this.task.instance(Integer.toString(number)), Instant.now());
		return pending;
	}

	@Override
	public void close() throws SQLException {
		if (this.scheduler != null) {
			this.scheduler.stop();
			this.scheduler = null;
		}
		if (this.database != null) {
			try (Connection connection = this.database.getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("shutdown");
			}
			this.database.dispose();
			this.database = null;
		}
	}

}
