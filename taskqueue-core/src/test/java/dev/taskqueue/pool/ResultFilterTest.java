package dev.taskqueue.pool;

import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import dev.taskqueue.wire.Payloads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ResultFilterTest {

	record Own(int x) implements Serializable {
	}

	/** As a gadget would: stands in for a class that does something when it is read. */
	static final class Gadget implements Serializable {

		static volatile boolean sprung;

		private Object readResolve() {
			sprung = true;
			return "sprung";
		}

	}

	@Test
	void valuesAndCollectionsOfTheJdkAreAllowed() throws Exception {
		Map<TimeUnit, Object> units = new EnumMap<>(TimeUnit.class);
		units.put(TimeUnit.DAYS, 1);
		for (Object value : List.of("text", 1L, 'c', true, new BigDecimal("1.5"), LocalDate.EPOCH,
				ZonedDateTime.parse("2024-01-01T00:00Z"), UUID.randomUUID(), URI.create("a:b"),
				new ArrayList<>(List.of(1)), new HashMap<>(Map.of("k", List.of())), new LinkedHashSet<>(List.of(1)),
				new TreeMap<>(Map.of(1, 2)), new ConcurrentHashMap<>(Map.of(1, 2)), units, new java.io.File("a"),
				InetAddress.getLoopbackAddress(), TimeUnit.DAYS, int.class, String.class)) {
			assertThat(read(value, filter())).as("%s", value.getClass()).isEqualTo(value);
		}
		assertThat(read(new AtomicLong(3), filter())).hasToString("3");
		assertThat(read(new String[][] { { "a" } }, filter())).isEqualTo(new String[][] { { "a" } });
		assertThat(read(new byte[100_000], filter())).isEqualTo(new byte[100_000]);
	}

	@Test
	void theTasksOwnPackageAndThoseBelowAreAllowed() throws Exception {
		assertThat(read(new Own(1), filter())).isEqualTo(new Own(1));
		assertThat(read(new Own[] { new Own(1) }, filter())).isEqualTo(new Own[] { new Own(1) });
		ResultFilter above = new ResultFilter(null, dev.taskqueue.TaskQueue.class, null, 1 << 20);
		assertThat(read(new Own(1), above)).isEqualTo(new Own(1));
	}

	@Test
	void aPackageThatOnlyBeginsTheSameIsNotBelow() {
		assertRejected(new Own(1), new ResultFilter(null, dev.taskqueue.wire.Frame.class, null, 1 << 20), Own.class);
	}

	@Test
	void anotherClassIsRefusedByNameAndNotRun() throws Exception {
		Gadget.sprung = false;
		byte[] gadget = Payloads.write(new ArrayList<>(List.of(new Gadget())), 1 << 20);
		ResultFilter filter = new ResultFilter(null, String.class, null, gadget.length);
		assertThatExceptionOfType(java.io.InvalidClassException.class).isThrownBy(() -> read(gadget, filter));
		assertThat(filter.rejected()).isEqualTo(Gadget.class.getName());
		assertThat(Gadget.sprung).isFalse();
	}

	@Test
	void whatReachesOutIsRefused() throws Exception {
		assertRejected(Pattern.compile("a"), filter(), Pattern.class);
		assertRejected(URI.create("http://localhost").toURL(), filter(), URL.class);
		assertRejected(new ArrayList<>(List.of(Pattern.compile("a"))), filter(), Pattern.class);
	}

	@Test
	void anArrayOfAClassThatIsRefusedIsRefused() {
		assertRejected(new Pattern[][] { {} }, filter(), Pattern[][].class);
	}

	@Test
	void aLambdaIsRefused() {
		java.util.function.Supplier<String> lambda = (java.util.function.Supplier<String> & Serializable) () -> "a";
		assertRejected(lambda, filter(), java.lang.invoke.SerializedLambda.class);
	}

	@Test
	void thePackageOfTheDeclaredResultTypeIsAllowed() throws Exception {
		ResultFilter filter = new ResultFilter(null, ResultFilterTest.class, Pattern.class, 1 << 20);
		assertThat(read(Pattern.compile("a"), filter)).hasToString("a");
	}

	@Test
	void theUsersPatternIsAskedFirst() throws Exception {
		ResultFilter allows = filter("java.util.regex.*");
		assertThat(read(Pattern.compile("a"), allows)).hasToString("a");
		ResultFilter refuses = filter("!java.util.UUID");
		assertThatExceptionOfType(java.io.InvalidClassException.class)
			.isThrownBy(() -> read(Payloads.write(UUID.randomUUID(), 1 << 20), refuses));
		assertThat(read(List.of(Optional.class), filter("!java.util.UUID"))).isEqualTo(List.of(Optional.class));
	}

	@Test
	void theUsersPatternCannotLiftTheBoundsOfDepthAndArrays() throws Exception {
		byte[] deep = Payloads.write(nested(1_200), 1 << 20);
		assertThatExceptionOfType(java.io.InvalidClassException.class)
			.isThrownBy(() -> read(deep, filter("**;maxdepth=100000")));
	}

	@Test
	void aGraphOfModestDepthIsAllowedAndADeepOneIsNot() throws Exception {
		assertThat(read(nested(900), filter())).isNotNull();
		byte[] deep = Payloads.write(nested(1_200), 1 << 20);
		assertThatExceptionOfType(java.io.InvalidClassException.class).isThrownBy(() -> read(deep, filter()));
	}

	@Test
	void anArrayLongerThanTheBytesThatCameIsRefusedBeforeItIsMade() throws Exception {
		byte[] payload = Payloads.write(new long[] { 1 }, 1 << 20);
		payload[payload.length - 12] = 0x7f; // the length's first byte
		ResultFilter filter = new ResultFilter(null, ResultFilterTest.class, null, payload.length);
		assertThatExceptionOfType(java.io.InvalidClassException.class).isThrownBy(() -> read(payload, filter));
	}

	private static ResultFilter filter() {
		return new ResultFilter(null, ResultFilterTest.class, null, 1 << 20);
	}

	private static ResultFilter filter(String pattern) {
		return new ResultFilter(ObjectInputFilter.Config.createFilter(pattern), ResultFilterTest.class, null, 1 << 20);
	}

	/** Arrays in arrays, which take little of the stack to write. */
	private static Object nested(int depth) {
		Object[] array = {};
		for (int i = 0; i < depth; i++) {
			array = new Object[] { array };
		}
		return array;
	}

	private static void assertRejected(Object value, ResultFilter filter, Class<?> culprit) {
		assertThatExceptionOfType(java.io.InvalidClassException.class).isThrownBy(() -> read(value, filter));
		assertThat(filter.rejected()).isEqualTo(culprit.getName());
	}

	private static @Nullable Object read(Object value, ResultFilter filter) throws Exception {
		return read((value instanceof byte[] bytes && bytes.length > 4 && bytes[0] == (byte) 0xac) ? bytes
				: Payloads.write(value, 1 << 20), filter);
	}

	private static @Nullable Object read(byte[] payload, ResultFilter filter) throws Exception {
		byte[] bytes = (payload[0] == (byte) 0xac) ? payload : Payloads.write(payload, 1 << 20);
		return Payloads.read(bytes, ResultFilterTest.class.getClassLoader(), filter);
	}

}
