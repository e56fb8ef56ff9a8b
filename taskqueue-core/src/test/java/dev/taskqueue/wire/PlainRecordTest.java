package dev.taskqueue.wire;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PlainRecordTest {

	private static final int LIMIT = 1 << 20;

	record Nothing() implements Serializable {
	}

	record Values(boolean truth, byte octet, short little, char letter, int number, long large, float approximate,
			double precise, String text) implements Serializable {
	}

	record Boxes(@Nullable Boolean truth, @Nullable Byte octet, @Nullable Short little, @Nullable Character letter,
			@Nullable Integer number, @Nullable Long large, @Nullable Float approximate, @Nullable Double precise,
			@Nullable Object any) implements Serializable {
	}

	private record Hidden(int number) implements Serializable {
	}

	@SuppressWarnings("ArrayRecordComponent") // compared by hand
	record Two(byte[] first, byte @Nullable [] second) implements Serializable {
	}

	record Holding(@Nullable Object any) implements Serializable {
	}

	record Positive(int number) implements Serializable {

		Positive {
			if (number == 13) {
				throw new IllegalArgumentException("no thirteen");
			}
		}

		/** Not what the record holds. */
		@Override
		public int number() {
			return -this.number;
		}

	}

	record Replaced(int number) implements Serializable {

		private Object writeReplace() {
			return "instead";
		}

	}

	record Resolved(int number) implements Serializable {

		private Object readResolve() {
			return "instead";
		}

	}

	record NotSerializable(int number) {
	}

	static final class Initializations {

		static boolean happened;

	}

	record Initialized(int number) implements Serializable {

		static {
			Initializations.happened = true;
		}

	}

	@Test
	void everyValueComesBack() throws Exception {
		assertPlain(new Nothing());
		assertPlain(new Values(true, (byte) -1, (short) -2, 'ü', -3, Long.MIN_VALUE, Float.MIN_VALUE, Double.NaN, ""));
		assertPlain(new Values(false, (byte) 1, (short) 2, '\uffff', 3, 4, -0f, -0d, "Größe \u0000 漢字"));
		assertPlain(new Boxes(null, null, null, null, null, null, null, null, null));
		assertPlain(new Boxes(true, (byte) 1, (short) 2, 'c', 3, 4L, 5f, 6d, 7L));
		assertPlain(new Hidden(5));
		assertPlain(new Holding("x".repeat(100_000)));
	}

	/** A million of them may wait, and most of what each has is the name of its class. */
	@Test
	void aRecordIsKeptWithoutItsClass() throws Exception {
		byte[] kept = Payloads.keep(new Hidden(5), LIMIT, true);
		assertThat(kept).hasSizeLessThan(8);
		assertThat(Payloads.whole(kept, Hidden.class)).isEqualTo(Payloads.write(new Hidden(5), LIMIT, true));
		assertThat(Payloads.keep(new Nothing(), LIMIT, true)).isSameAs(Payloads.keep(new Nothing(), LIMIT, true));
		byte[] stream = Payloads.keep("text", LIMIT, true);
		assertThat(Payloads.whole(stream, String.class)).isSameAs(stream);
		assertThat(Payloads.whole(kept, Object.class)).as("bytes from elsewhere").isSameAs(kept);
	}

	@Test
	void aClassThatIsPreparedIsNotInitialized() throws Exception {
		Payloads.prepare(Initialized.class.getName(), PlainRecordTest.class.getClassLoader());
		assertThat(Initializations.happened).isFalse();
		assertPlain(new Initialized(3));
		assertThat(Initializations.happened).isTrue();
	}

	/** Whoever sends one will be told. */
	@Test
	void whatCannotBePreparedIsLeftAlone() {
		ClassLoader loader = PlainRecordTest.class.getClassLoader();
		assertThatNoException().isThrownBy(() -> Payloads.prepare("no.such.Record", loader));
		assertThatNoException().isThrownBy(() -> Payloads.prepare(String.class.getName(), null));
	}

	@Test
	void bytesComeBack() throws Exception {
		Two two = new Two(new byte[] { 1, 2, 3 }, null);
		byte[] payload = Payloads.write(two, LIMIT, true);
		assertThat(Payloads.needsStream(payload)).isFalse();
		assertThat(((Two) read(payload)).first()).isEqualTo(two.first());
		assertThat(((Two) read(payload)).second()).isNull();
	}

	/** What a record holds, not what its accessors say. */
	@Test
	void theFieldIsWrittenAndTheConstructorReads() throws Exception {
		assertPlain(new Positive(7));
		byte[] payload = Payloads.write(new Positive(12), LIMIT, true);
		payload[payload.length - 1] = 13;
		assertThatExceptionOfType(InvalidObjectException.class).isThrownBy(() -> read(payload))
			.withMessage("no thirteen")
			.withCauseInstanceOf(IllegalArgumentException.class);
	}

	/** Each of these a stream alone can copy as it has to be. */
	@Test
	void everythingElseIsAStream() throws Exception {
		for (Object value : List.of("text", 1, new Holding(List.of(1)), new Holding(new Nothing()),
				new Holding(TimeUnit.DAYS), new Holding(String.class), new Holding(new int[0]),
				new Holding("half a pair: \ud83d"), new Holding("\ud83d\ude00"))) {
			byte[] payload = Payloads.write(value, LIMIT, true);
			assertThat(Payloads.needsStream(payload)).as("%s", value).isTrue();
			if (!(value instanceof Holding holding && holding.any() instanceof int[])) {
				assertThat(read(payload)).isEqualTo(value);
			}
		}
	}

	@Test
	void anArrayThatIsThereTwiceStaysOne() throws Exception {
		byte[] shared = { 1 };
		Two read = (Two) read(Payloads.write(new Two(shared, shared), LIMIT, true));
		assertThat(read.second()).isSameAs(read.first());
	}

	@Test
	void whatTheClassHasReplacedIsReplaced() throws Exception {
		assertThat(read(Payloads.write(new Replaced(1), LIMIT, true))).isEqualTo("instead");
		assertThat(read(Payloads.write(new Resolved(1), LIMIT, true))).isEqualTo("instead");
	}

	@Test
	void aRecordThatIsNotSerializableIsRefused() {
		PayloadException refused = catchThrowableOfType(PayloadException.class,
				() -> Payloads.write(new NotSerializable(1), LIMIT, true));
		assertThat(refused).hasMessageContaining(NotSerializable.class.getName());
	}

	@Test
	void onlyForAReaderWithTheSameClasses() throws Exception {
		assertThat(Payloads.needsStream(Payloads.write(new Nothing(), LIMIT, true))).isFalse();
		assertThat(Payloads.needsStream(Payloads.write(new Nothing(), LIMIT))).isTrue();
	}

	@Test
	void theLimitHoldsToTheByte() throws Exception {
		for (Object value : List.of(new Hidden(5), new Holding("ü".repeat(100)), new Two(new byte[5000], null))) {
			byte[] plain = Payloads.write(value, LIMIT, true);
			assertThat(Payloads.write(value, plain.length, true)).isEqualTo(plain);
			// A stream can be some bytes shorter
			int length = Math.min(plain.length, Objects.requireNonNull(CompactWriter.write(value, LIMIT)).length);
			assertThat(Payloads.write(value, length, true)).hasSize(length);
			PayloadException refused = catchThrowableOfType(PayloadException.class,
					() -> Payloads.write(value, length - 1, true));
			assertThat(refused.tooLarge()).isTrue();
		}
	}

	@Test
	void bytesThatAreNoRecordAreAnIoException() throws Exception {
		byte[] bytes = Payloads.write(new Boxes(true, null, null, 'c', 3, null, null, 6d, "text"), LIMIT, true);
		for (int end = 1; end < bytes.length; end++) {
			byte[] cut = Arrays.copyOf(bytes, end);
			assertThatExceptionOfType(IOException.class).as("cut at %d", end).isThrownBy(() -> read(cut));
		}
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1)));
	}

	@Test
	void aClassThatIsMissingWhereItIsReadIsNamed() throws Exception {
		byte[] bytes = Payloads.write(new Hidden(1), LIMIT, true);
		assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Payloads.read(bytes, null, null))
			.withMessageContaining("PlainRecordTest$Hidden");
	}

	private static void assertPlain(Object record) throws Exception {
		byte[] payload = Payloads.write(record, LIMIT, true);
		assertThat(Payloads.needsStream(payload)).as("%s", record).isFalse();
		assertThat(read(payload)).isEqualTo(record);
	}

	private static Object read(byte[] payload) throws IOException, ClassNotFoundException {
		return Objects.requireNonNull(Payloads.read(payload, PlainRecordTest.class.getClassLoader(), null));
	}

}
