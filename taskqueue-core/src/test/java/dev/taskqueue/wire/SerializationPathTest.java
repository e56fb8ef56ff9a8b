package dev.taskqueue.wire;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The way to what is not serializable, as the user reads it.
 */
class SerializationPathTest {

	private static final String CULPRIT = Socket.class.getName() + " is not serializable (at ";

	interface SerializableCallable extends Callable<Object>, Serializable {

	}

	/** Not serializable. */
	static final class Socket {

		private final int port = 1;

		@Override
		public String toString() {
			return "port " + this.port;
		}

	}

	static class Base implements Serializable {

		@Nullable Object inherited;

	}

	static final class Job extends Base {

		@Nullable Object field;

		transient @Nullable Object skipped;

	}

	record Pair(Object first, Object second) implements Serializable {
	}

	/** Its elements cannot be had. */
	static final class Awkward extends AbstractList<Object> implements Serializable {

		private final Object socket = new Socket();

		@Override
		public Object get(int index) {
			throw new IllegalStateException("not now: " + this.socket);
		}

		@Override
		public int size() {
			return 1;
		}

	}

	@Test
	void throughAField() {
		Job job = new Job();
		job.field = new Socket();
		assertRefused(job, "Job.field)");
	}

	@Test
	void throughAFieldOfTheSuperclass() {
		Job job = new Job();
		job.inherited = new Socket();
		assertRefused(job, "Job.inherited)");
	}

	@Test
	void throughARecord() {
		assertRefused(new Pair("ok", new Pair(1, new Socket())), "Pair.second.second)");
	}

	@Test
	void throughAnArray() {
		assertRefused(new Pair("ok", new Object[] { 1, null, new Socket() }), "Pair.second[2])");
	}

	@Test
	void throughAList() {
		assertRefused(new Pair(new ArrayList<>(List.of(1, new Socket())), "ok"), "Pair.first[1])");
	}

	@Test
	void throughAMapsValueAndKey() {
		assertRefused(new Pair(new HashMap<>(Map.of("host", new Socket())), "ok"), "Pair.first[host])");
		assertRefused(new Pair(new HashMap<>(Map.of(new Socket(), "host")), "ok"), "Pair.first.key)");
		assertRefused(new Pair(new HashMap<>(Map.of(List.of(), new Socket())), "ok"), "Pair.first[…])");
	}

	@Test
	void throughWhatALambdaCaptures() {
		Object first = "ok";
		Object second = new Socket();
		SerializableCallable lambda = () -> first.equals(second);
		PayloadException refused = refused(lambda);
		assertThat(refused)
			.hasMessageStartingWith(CULPRIT + SerializationPathTest.class.getName() + "$$Lambda.<captured 2>");
	}

	@Test
	void throughTheBeanOfAMethodReference() {
		SerializableCallable reference = new Socket()::toString;
		assertThat(refused(reference)).hasMessageContaining("$$Lambda.<captured 1>");
	}

	@Test
	void transientFieldsAreNotBlamed() {
		Job job = new Job();
		job.skipped = new Socket();
		job.field = new Socket();
		assertRefused(job, "Job.field)");
	}

	@Test
	void cyclesEnd() {
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		cycle.add(new Socket());
		assertRefused(new Pair(cycle, "ok"), "Pair.first[1])");
	}

	@Test
	void theTaskItselfCanBeIt() {
		assertThat(refused(new Socket())).hasMessageStartingWith(CULPRIT + Socket.class.getName() + ")");
	}

	@Test
	void theMessageSaysWhatToDo() {
		assertThat(refused(new Socket()))
			.hasMessageEndingWith("; make it Serializable, mark the field transient, or carry its data instead");
	}

	@Test
	void theSearchNeverFailsItself() {
		PayloadException refused = refused(new Pair(new Awkward(), "ok"));
		assertThat(refused.tooLarge()).isFalse();
		assertThat(refused).hasMessageContaining(Socket.class.getName() + " is not serializable");
	}

	private static void assertRefused(Object value, String path) {
		String start = SerializationPathTest.class.getName() + "$";
		assertThat(refused(value)).hasMessageStartingWith(CULPRIT + start + path);
	}

	private static PayloadException refused(Object value) {
		PayloadException refused = catchThrowableOfType(PayloadException.class, () -> Payloads.write(value, 1 << 20));
		assertThat(refused.tooLarge()).isFalse();
		return refused;
	}

}
