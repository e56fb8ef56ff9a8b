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

	record Swapped(String to, String from) {
	}

	record Unswapped(String from, String to) {
	}

	record Deep(int number) implements Serializable {

		Deep {
			number = new Deep(number).number();
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
			byte[] payload = result(value);
			assertThat(Payloads.needsStream(payload)).as("%s", value).isFalse();
			assertThat(read(payload, ALL)).isEqualTo(value);
		}
		byte[] bytes = result(new byte[] { 1, 2 });
		assertThat((byte[]) read(bytes, ALL)).containsExactly(1, 2);
	}

	@Test
	void nothingHasNoBytes() throws Exception {
		assertThat(result(null)).isEmpty();
	}

	@Test
	void everythingElseIsDescribed() throws Exception {
		for (Object value : List.of(List.of(1), Instant.EPOCH, TimeUnit.DAYS, "\ud83d\ude00", new Resolved(1))) {
			assertThat(result(value)).as("%s", value).startsWith(0xac, 0xed);
		}
	}

	@Test
	void whoeverHasOtherClassesGetsEverythingDescribed() throws Exception {
		byte[] described = Payloads.write("task", LIMIT);
		assertThat(result(1, LIMIT, described)).startsWith(0xac, 0xed);
		byte[] named = Payloads.write(new ArrayList<>(List.of(1)), LIMIT, true);
		assertThat(Payloads.needsStream(named)).isTrue();
		assertThat(Payloads.needsStream(result(1, LIMIT, named))).isFalse();
	}

	@Test
	void theLimitHoldsToTheByte() throws Exception {
		for (Object value : List.of("a text that is longer than what a stream begins with: ü".repeat(9),
				new byte[999])) {
			int length = result(value).length;
			assertThat(result(value, length, this.plainTask)).hasSize(length);
			assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(() -> result(value, length - 1, this.plainTask))
				.matches(PayloadException::tooLarge);
		}
	}

	@Test
	void theFilterIsAskedAsAStreamAsks() throws Exception {
		List<String> asked = new ArrayList<>();
		ObjectInputFilter filter = (info) -> {
			asked.add(Objects.requireNonNull(info.serialClass()).getSimpleName() + " " + info.arrayLength() + " "
					+ info.depth());
			return Status.UNDECIDED;
		};
		read(result(new Mixed(1, 2L, "text", new byte[3])), filter);
		assertThat(asked).containsExactly("Mixed -1 1", "Long -1 2", "Number -1 2", "byte[] -1 2", "byte[] 3 2");
		asked.clear();
		read(result(new Mixed(1, null, null, null)), filter);
		read(result("text"), filter);
		read(result(5), filter);
		assertThat(asked).containsExactly("Mixed -1 1", "Integer -1 1", "Number -1 1");
	}

	/** A stream is the witness. */
	@Test
	void aStreamAsksTheSame() throws Exception {
		List<String> plain = new ArrayList<>();
		List<String> stream = new ArrayList<>();
		Object value = new Mixed(1, 2L, "text", new byte[3]);
		read(result(value), (info) -> noted(info, plain));
		read(Payloads.write(value, LIMIT), (info) -> noted(info, stream));
		assertThat(plain).containsExactlyInAnyOrderElementsOf(stream);
	}

	private static Status noted(ObjectInputFilter.FilterInfo info, List<String> asked) {
		if (info.serialClass() != null) {
			asked.add(info.serialClass().getSimpleName() + " " + info.arrayLength());
		}
		return Status.UNDECIDED;
	}

	@Test
	void aRecordWithOtherComponentsWhereItIsReadIsRefused() {
		FieldWriter other = new FieldWriter(64).int8(PlainRecordWriter.MARK)
			.text(Made.class.getName())
			.int32(PlainRecordWriter.shape(Resolved.class.getRecordComponents()) + 1)
			.int8(6)
			.int32(1);
		assertRefused(other, InvalidClassException.class);
		assertThat(PlainRecordWriter.shape(Swapped.class.getRecordComponents()))
			.isNotEqualTo(PlainRecordWriter.shape(Unswapped.class.getRecordComponents()));
	}

	@Test
	void aResultOfAnotherLoadersIsDescribed() throws Exception {
		assertThat(Payloads.writeResult(new Made(1), LIMIT, this.plainTask, ClassLoader.getPlatformClassLoader()))
			.startsWith(0xac, 0xed);
	}

	@Test
	void aConstructorThatNeverEndsIsARefusal() {
		int shape = PlainRecordWriter.shape(Deep.class.getRecordComponents());
		assertRefused(new FieldWriter(64).int8(PlainRecordWriter.MARK)
			.text(Deep.class.getName())
			.int32(shape)
			.int8(6)
			.int32(1), InvalidClassException.class);
	}

	@Test
	void whatTheFilterRefusesIsNotMade() throws Exception {
		byte[] payload = result(new Made(1));
		read(payload, ALL); // its class is known now
		int before = made.get();
		assertRefused(payload, InvalidClassException.class, (info) -> Status.REJECTED);
		assertThat(made).hasValue(before);
		assertRefused(result(5), InvalidClassException.class, (info) -> Status.REJECTED);
		assertRefused(result(new Mixed(1, 2L, "", null)), InvalidClassException.class,
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

	/** As of a class with one component, a number. */
	private static FieldWriter record(String name) {
		int shape = PlainRecordWriter.shape(Made.class.getRecordComponents());
		return new FieldWriter(64).int8(PlainRecordWriter.MARK).text(name).int32(shape);
	}

	private byte[] result(@Nullable Object value) throws PayloadException {
		return result(value, LIMIT, this.plainTask);
	}

	private static byte[] result(@Nullable Object value, int limit, byte[] task) throws PayloadException {
		return Payloads.writeResult(value, limit, task, PlainResultTest.class.getClassLoader());
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
