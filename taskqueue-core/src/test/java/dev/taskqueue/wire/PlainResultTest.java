package dev.taskqueue.wire;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Results that need no object stream: what comes back, and what a worker that is not to
 * be trusted can make of them.
 */
class PlainResultTest {

	private static final int LIMIT = 1 << 20;

	private static final ObjectInputFilter ALL = (info) -> Status.ALLOWED;

	private static final AtomicInteger made = new AtomicInteger();

	@SuppressWarnings("ArrayRecordComponent") // compared by hand
	record Mixed(int primitive, @Nullable Long box, @Nullable String text,
			byte @Nullable [] bytes) implements Serializable {
	}

	record Made(int number) implements Serializable {

		Made {
			made.incrementAndGet();
		}

	}

	record NotSerializable(int number) {
	}

	record Resolved(int number) implements Serializable {

		private Object readResolve() {
			return "instead";
		}

	}

	private final byte[] plainTask = write(new Made(1));

	@Test
	void valuesAndRecordsOfThemNeedNoStream() throws Exception {
		for (Object value : List.of(true, (byte) 1, (short) 2, 'c', 3, 4L, 5f, 6d, "", "Größe", new Made(7))) {
			byte[] payload = Payloads.writeResult(value, LIMIT, this.plainTask);
			assertThat(Payloads.needsStream(payload)).as("%s", value).isFalse();
			assertThat(read(payload, ALL)).isEqualTo(value);
		}
		byte[] bytes = Payloads.writeResult(new byte[] { 1, 2 }, LIMIT, this.plainTask);
		assertThat((byte[]) read(bytes, ALL)).containsExactly(1, 2);
	}

	@Test
	void nothingHasNoBytes() throws Exception {
		assertThat(Payloads.writeResult(null, LIMIT, this.plainTask)).isEmpty();
	}

	@Test
	void everythingElseIsDescribed() throws Exception {
		for (Object value : List.of(List.of(1), Instant.EPOCH, TimeUnit.DAYS, "\ud83d\ude00", new Resolved(1))) {
			assertThat(Payloads.writeResult(value, LIMIT, this.plainTask)).as("%s", value).startsWith(0xac, 0xed);
		}
	}

	@Test
	void whoeverHasOtherClassesGetsEverythingDescribed() throws Exception {
		byte[] described = Payloads.write("task", LIMIT);
		assertThat(Payloads.writeResult(1, LIMIT, described)).startsWith(0xac, 0xed);
		byte[] named = Payloads.write(new ArrayList<>(List.of(1)), LIMIT, true);
		assertThat(Payloads.needsStream(named)).isTrue();
		assertThat(Payloads.needsStream(Payloads.writeResult(1, LIMIT, named))).isFalse();
	}

	@Test
	void theLimitHoldsToTheByte() throws Exception {
		for (Object value : List.of("a text that is longer than what a stream begins with: ü".repeat(9),
				new byte[999])) {
			int length = Payloads.writeResult(value, LIMIT, this.plainTask).length;
			assertThat(Payloads.writeResult(value, length, this.plainTask)).hasSize(length);
			assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(() -> Payloads.writeResult(value, length - 1, this.plainTask))
				.matches(PayloadException::tooLarge);
		}
	}

	@Test
	void theFilterIsAskedAsAStreamAsks() throws Exception {
		List<String> asked = new ArrayList<>();
		ObjectInputFilter filter = (info) -> {
			asked.add(Objects.requireNonNull(info.serialClass()).getSimpleName() + " " + info.arrayLength());
			assertThat(info.depth()).isEqualTo(1);
			return Status.UNDECIDED;
		};
		read(Payloads.writeResult(new Mixed(1, 2L, "text", new byte[3]), LIMIT, this.plainTask), filter);
		assertThat(asked).containsExactly("Mixed -1", "Long -1", "byte[] 3");
		asked.clear();
		read(Payloads.writeResult(new Mixed(1, null, null, null), LIMIT, this.plainTask), filter);
		read(Payloads.writeResult("text", LIMIT, this.plainTask), filter);
		read(Payloads.writeResult(5, LIMIT, this.plainTask), filter);
		assertThat(asked).containsExactly("Mixed -1", "Integer -1");
	}

	@Test
	void whatTheFilterRefusesIsNotMade() throws Exception {
		byte[] payload = Payloads.writeResult(new Made(1), LIMIT, this.plainTask);
		read(payload, ALL); // its class is known now
		int before = made.get();
		assertRefused(payload, InvalidClassException.class, (info) -> Status.REJECTED);
		assertThat(made).hasValue(before);
		assertRefused(Payloads.writeResult(5, LIMIT, this.plainTask), InvalidClassException.class,
				(info) -> Status.REJECTED);
		assertRefused(Payloads.writeResult(new Mixed(1, 2L, "", null), LIMIT, this.plainTask),
				InvalidClassException.class,
				(info) -> (info.serialClass() == Long.class) ? Status.REJECTED : Status.ALLOWED);
	}

	/** What no worker of ours would send. */
	@Test
	void onlyRecordsThatNeedNoStreamCanBeMadeWithoutOne() throws Exception {
		assertRefused(record(NotSerializable.class.getName()).int8(6).int32(1), InvalidClassException.class);
		assertRefused(record(Resolved.class.getName()).int8(6).int32(1), InvalidClassException.class);
		assertRefused(record(String.class.getName()), InvalidClassException.class);
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> read(record("no.such.Record").toByteArray(), ALL));
	}

	@Test
	void valuesOfOtherTypesAreRefused() {
		assertRefused(record(Made.class.getName()).int8(7).int64(1), InvalidObjectException.class);
		assertRefused(record(Made.class.getName()).int8(0), InvalidObjectException.class);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 5, Integer.MAX_VALUE })
	void bytesThatAreNotThereAreRefused(int length) {
		assertRefused(new FieldWriter(64).int8(PlainValues.MARK).int8(11).int32(length).int32(0), WireException.class);
		assertRefused(new FieldWriter(64).int8(PlainRecordWriter.MARK).int32(length).int32(0), WireException.class);
	}

	@Test
	void bytesThatAreLeftAreRefused() {
		assertRefused(new FieldWriter(64).int8(PlainValues.MARK).int8(6).int32(1).int8(0), WireException.class);
		assertRefused(record(Made.class.getName()).int8(6).int32(1).int8(0), WireException.class);
		assertRefused(new FieldWriter(64).int8(PlainValues.MARK), WireException.class);
		assertRefused(new FieldWriter(64).int8(PlainValues.MARK).int8(99), WireException.class);
	}

	private static FieldWriter record(String name) {
		return new FieldWriter(64).int8(PlainRecordWriter.MARK).text(name);
	}

	private static void assertRefused(FieldWriter payload, Class<? extends IOException> how) {
		assertRefused(payload.toByteArray(), how, ALL);
	}

	private static void assertRefused(byte[] payload, Class<? extends IOException> how, ObjectInputFilter filter) {
		assertThatExceptionOfType(how).isThrownBy(() -> read(payload, filter));
	}

	private static @Nullable Object read(byte[] payload, ObjectInputFilter filter) throws Exception {
		return Payloads.read(payload, PlainResultTest.class.getClassLoader(), filter);
	}

	private static byte[] write(Object task) {
		try {
			return Payloads.write(task, LIMIT, true);
		}
		catch (PayloadException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
