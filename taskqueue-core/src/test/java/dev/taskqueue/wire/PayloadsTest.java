package dev.taskqueue.wire;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PayloadsTest {

	private static final int LIMIT = 1 << 20;

	interface Answer extends Callable<Integer>, Serializable {

	}

	record Point(int x, List<String> names) implements Serializable {
	}

	/** Answers 42 to everything. */
	static final class Always implements InvocationHandler, Serializable {

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
			return 42;
		}

	}

	/** Fails while it is written. */
	static final class Stubborn implements Serializable {

		private void writeObject(ObjectOutputStream out) throws IOException {
			throw new IllegalStateException("never");
		}

	}

	/** Has something else written while it is written. */
	static final class Writing implements Serializable {

		private final String text;

		private byte[] bytes = {};

		Writing(String text) {
			this.text = text;
		}

		private void writeObject(ObjectOutputStream out) throws IOException {
			this.bytes = Payloads.write(this.text, LIMIT, true);
			out.defaultWriteObject();
		}

	}

	@Test
	void nullIsNoBytes() throws Exception {
		assertThat(Payloads.write(null, 0)).isEmpty();
		assertThat(Payloads.read(new byte[0], null, null)).isNull();
	}

	@Test
	void valuesOfAllKindsComeBackEqual() throws Exception {
		for (Object value : List.of(1, "text", new Point(3, List.of("a")), TimeUnit.DAYS, int.class, void.class,
				long[].class, String.class, Map.of("k", List.of(1.5, 'c')), new ArrayList<>(List.of("x")))) {
			assertThat(copy(value)).isEqualTo(value);
		}
		assertThat(copy(new int[][] { { 1 }, {} })).isEqualTo(new int[][] { { 1 }, {} });
	}

	/** Of every kind, both ways, because each has descriptors of its own. */
	@Test
	void namedClassesComeBackAsDescribedOnesDo() throws Exception {
		int captured = 41;
		Answer answer = () -> captured + 1;
		Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Answer.class },
				new Always());
		for (Object value : List.of(1, "text", new Point(3, List.of("a")), TimeUnit.DAYS, int.class, void.class,
				long[].class, String.class, Runnable.class, Object.class, Map.of("k", List.of(1.5, 'c')),
				new Point[] { new Point(1, List.of()) }, new ArrayList<>(List.of("x")), new java.util.BitSet(9),
				new java.math.BigDecimal("1.50"), java.time.Instant.EPOCH, new IllegalStateException("oops"))) {
			Object named = compact(value);
			if (value instanceof Throwable thrown) {
				assertThat((Throwable) named).hasMessage(thrown.getMessage());
				continue;
			}
			assertThat(named).isEqualTo(value);
		}
		assertThat(((Answer) compact(answer)).call()).isEqualTo(42);
		assertThat(((Answer) compact((Answer) "four"::length)).call()).isEqualTo(4);
		assertThat(((Answer) compact(proxy)).call()).isEqualTo(42);
		Always always = new Always();
		List<?> twice = (List<?>) compact(new ArrayList<>(List.of(always, always)));
		assertThat(twice.get(0)).isSameAs(twice.get(1));
	}

	@Test
	void aNameTakesLessThanADescription() throws Exception {
		Point point = new Point(3, List.of());
		assertThat(Payloads.write(point, LIMIT, true).length).isLessThan(Payloads.write(point, LIMIT).length * 2 / 3);
	}

	@Test
	void whatWasWrittenBeforeDoesNotShow() throws Exception {
		List<String> value = new ArrayList<>(List.of("a", "b"));
		byte[] first = Payloads.write(value, LIMIT, true);
		assertThat(Payloads.write(value, LIMIT, true)).isEqualTo(first);
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> Payloads.write(value, first.length - 1, true));
		assertThat(Payloads.write(value, first.length, true)).isEqualTo(first);
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> Payloads.write(List.of(value, new Object()), LIMIT, true));
		assertThat(Payloads.write(value, LIMIT, true)).isEqualTo(first);
		Payloads.write("large".repeat(100_000), 10 * LIMIT, true);
		assertThat(Payloads.write(value, LIMIT, true)).isEqualTo(first);
		assertThat(Payloads.read(first, null, null)).isEqualTo(value);
	}

	/** Buffers that grow anew for each task would be four times that. */
	@Test
	void writingSomeTensOfKilobytesTakesLittleMoreThanTheirBytes() throws Exception {
		var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		byte[] value = new byte[64 << 10];
		Payloads.write(value, LIMIT, true);
		long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
		byte[] written = Payloads.write(value, LIMIT, true);
		long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
		assertThat(written).hasSizeGreaterThan(64 << 10);
		assertThat(allocated).isBetween((long) written.length, written.length + 16_000L);
	}

	@Test
	void writingWhileWritingIsPossible() throws Exception {
		byte[] alone = Payloads.write("inner", LIMIT, true);
		byte[] outer = Payloads.write(new Writing("inner"), LIMIT, true);
		Writing read = (Writing) Payloads.read(outer, PayloadsTest.class.getClassLoader(), null);
		assertThat(read).isNotNull();
		assertThat(read.bytes).isEqualTo(alone);
		assertThat(Payloads.write("inner", LIMIT, true)).isEqualTo(alone);
	}

	/** The class would be looked at before the filter is asked. */
	@Test
	void whereThereIsAFilterNamedClassesAreNotRead() throws Exception {
		byte[] named = Payloads.write(new Point(3, List.of()), LIMIT, true);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> Payloads.read(named, getClass().getClassLoader(), (info) -> Status.ALLOWED));
	}

	@Test
	void anotherLoaderHasClassesOfItsOwn() throws Exception {
		byte[] named = Payloads.write(new Point(3, List.of()), LIMIT, true);
		assertThat(Payloads.read(named, getClass().getClassLoader(), null)).isInstanceOf(Point.class);
		assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Payloads.read(named, null, null));
		assertThat(Payloads.read(named, getClass().getClassLoader(), null)).isInstanceOf(Point.class);
	}

	@Test
	void lambdasComeBackWithWhatTheyCapture() throws Exception {
		int captured = 41;
		Answer answer = () -> captured + 1;
		assertThat(((Answer) copy(answer)).call()).isEqualTo(42);
		Answer reference = "four"::length;
		assertThat(((Answer) copy(reference)).call()).isEqualTo(4);
	}

	@Test
	void proxiesComeBack() throws Exception {
		Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Answer.class },
				new Always());
		assertThat(((Answer) copy(proxy)).call()).isEqualTo(42);
	}

	@Test
	void theLimitIsMetExactlyAndExceededByOne() throws Exception {
		for (int size : new int[] { 1, 500, 512, 1_000, 5_000, 100_000 }) {
			byte[] value = new byte[size];
			int length = Payloads.write(value, LIMIT).length;
			assertThat(Payloads.write(value, length)).hasSize(length);
			PayloadException refused = catchThrowableOfType(PayloadException.class,
					() -> Payloads.write(value, length - 1));
			assertThat(refused.tooLarge()).isTrue();
			assertThat(refused).hasMessage(
					"[B takes more than %d bytes when serialized; carry less, or raise max-payload", length - 1);
		}
	}

	@Test
	void aGraphTooDeepIsRefusedWithAdvice() {
		List<Object> chain = new ArrayList<>();
		for (int i = 0; i < 200_000; i++) {
			chain = new ArrayList<>(List.<Object>of(chain));
		}
		List<Object> deep = chain;
		PayloadException refused = catchThrowableOfType(PayloadException.class, () -> Payloads.write(deep, 64 << 20));
		assertThat(refused.tooLarge()).isFalse();
		assertThat(refused).hasMessage("The object graph of java.util.ArrayList is too deep to be serialized; "
				+ "keep long chains in a collection");
	}

	@Test
	void anObjectThatRefusesToBeWrittenIsNamedWithItsReason() {
		PayloadException refused = catchThrowableOfType(PayloadException.class,
				() -> Payloads.write(new Stubborn(), LIMIT));
		assertThat(refused.tooLarge()).isFalse();
		assertThat(refused)
			.hasMessage(Stubborn.class.getName() + " cannot be serialized: java.lang.IllegalStateException: never")
			.hasCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void whatCannotBeSerializedIsNotCalledTooLarge() {
		PayloadException refused = catchThrowableOfType(PayloadException.class,
				() -> Payloads.write(new Object[] { new Object() }, 200));
		assertThat(refused.tooLarge()).isFalse();
	}

	@Test
	void aClassThatIsMissingWhereItIsReadIsNamed() throws Exception {
		byte[] bytes = Payloads.write(new Point(1, List.of()), LIMIT);
		String name = Point.class.getName();
		replace(bytes, "Point", "Pxint");
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> Payloads.read(bytes, getClass().getClassLoader(), null))
			.withMessageContaining(name.replace("Point", "Pxint"));
	}

	@Test
	void aMissingInterfaceOfAProxyIsNamed() throws Exception {
		Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Answer.class },
				new Always());
		byte[] bytes = Payloads.write(proxy, LIMIT);
		replace(bytes, "Answer", "Anxwer");
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> Payloads.read(bytes, getClass().getClassLoader(), null))
			.withMessageContaining("Anxwer");
	}

	@Test
	void bytesThatAreNoObjectAreAnIoException() throws Exception {
		byte[] bytes = Payloads.write("text", LIMIT);
		for (int end = 1; end < bytes.length; end++) {
			byte[] cut = java.util.Arrays.copyOf(bytes, end);
			assertThatExceptionOfType(IOException.class).as("cut at %d", end)
				.isThrownBy(() -> Payloads.read(cut, null, null));
		}
	}

	@Test
	void theFilterDecides() throws Exception {
		byte[] bytes = Payloads.write(new Point(1, List.of()), LIMIT);
		assertThatExceptionOfType(InvalidClassException.class).isThrownBy(() -> Payloads.read(bytes,
				getClass().getClassLoader(), (info) -> java.io.ObjectInputFilter.Status.REJECTED));
	}

	private static Object copy(Object value) throws Exception {
		Object copy = Payloads.read(Payloads.write(value, LIMIT), PayloadsTest.class.getClassLoader(), null);
		return java.util.Objects.requireNonNull(copy);
	}

	private static Object compact(Object value) throws Exception {
		Object copy = Payloads.read(Payloads.write(value, LIMIT, true), PayloadsTest.class.getClassLoader(), null);
		return java.util.Objects.requireNonNull(copy);
	}

	private static void replace(byte[] bytes, String from, String to) {
		String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
		byte[] replaced = text.replace(from, to).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
		System.arraycopy(replaced, 0, bytes, 0, bytes.length);
	}

}
