package dev.taskqueue.wire;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The bytes of every frame, written by hand from the table in {@link Frame}.
 */
class FrameCodecTest {

	private static final String SECRET = "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f";

	private static final String OPENING = "54511af7 0003 ";

	@Test
	void boot() throws WireException {
		assertBytes(
				new Frame.Boot(2, SampleFrames.secret(), "/s", "/p", "q", 1024, Map.of("a", "b"), Map.of("", "INFO"),
						null, new byte[] { (byte) 0xca, (byte) 0xfe }),
				"00000051 00 " + OPENING + "00000002 " + SECRET + " 00000002 2f73  00000002 2f70  00000001 71 00000400"
						+ " 00000001 00000001 61 00000001 62  00000001 00000000 00000004 494e464f 00 cafe");
	}

	@Test
	void bootWithAContext() throws WireException {
		assertBytes(
				new Frame.Boot(2, SampleFrames.secret(), "", "", "", 0, Map.of(), Map.of(),
						new Frame.Context(Map.of("k", "v"), Set.of("q")), new byte[0]),
				"0000004b 00 " + OPENING + "00000002 " + SECRET + " 00000000 00000000 00000000 00000000"
						+ " 00000000 00000000 01 00000001 00000001 6b 00000001 76 00000001 00000001 71");
	}

	@Test
	void cannotStart() throws WireException {
		assertBytes(new Frame.CannotStart("no bean"), "0000000c 10 00000007 6e6f206265616e");
	}

	@Test
	void addAndAdded() throws WireException {
		assertBytes(
				new Frame.Add(7, "q", "d", "c", true, false, Map.of("PRIORITY", "5"), Map.of("k", "v"),
						new byte[] { (byte) 0xca, (byte) 0xfe }),
				"0000003f 11 0000000000000007 00000001 71 00000001 64 00000001 63 01 00"
						+ " 00000001 00000008 5052494f52495459 00000001 35 00000001 00000001 6b 00000001 76 cafe");
		assertBytes(new Frame.Add(7, "", "", "", false, true, Map.of(), Map.of(), new byte[0]),
				"0000001f 11 0000000000000007 00000000 00000000 00000000 00 01 00000000 00000000");
		assertBytes(new Frame.Added(7, 258, null, null),
				"00000019 12 0000000000000007 0000000000000102 ffffffff ffffffff");
		assertBytes(new Frame.Added(7, 0, "E", "m"),
				"0000001b 12 0000000000000007 0000000000000000 00000001 45 00000001 6d");
	}

	@Test
	void hello() throws WireException {
		assertBytes(new Frame.Hello(2, SampleFrames.secret()), "0000001b 01 " + OPENING + "00000002 " + SECRET);
	}

	@Test
	void bell() throws WireException {
		assertBytes(new Frame.Bell(2, SampleFrames.secret()), "0000001b 0f " + OPENING + "00000002 " + SECRET);
	}

	@Test
	void ready() throws WireException {
		assertBytes(new Frame.Ready(), "00000001 02");
	}

	@Test
	void run() throws WireException {
		assertBytes(new Frame.Run(258, 7, true, 2, 5, Map.of("k", "v"), new byte[] { (byte) 0xca, (byte) 0xfe }),
				"0000002a 03 0000000000000102 00000007 01 00000002 0000000000000005"
						+ " 00000001 00000001 6b 00000001 76 cafe");
		assertBytes(new Frame.Run(-1, 63, false, 1, 0, Map.of(), new byte[0]),
				"0000001e 03 ffffffffffffffff 0000003f 00 00000001 0000000000000000 00000000");
	}

	@Test
	void result() throws WireException {
		assertBytes(new Frame.Result(1, new byte[] { 0x0a, 0x0b, 0x0c }), "0000000c 04 0000000000000001 0a0b0c");
		assertBytes(new Frame.Result(1, new byte[0]), "00000009 04 0000000000000001");
	}

	@Test
	void failure() throws WireException {
		assertBytes(new Frame.Failure(5, true, "E", null, "t"),
				"00000018 05 0000000000000005 01 00000001 45 ffffffff 00000001 74");
		assertBytes(new Frame.Failure(5, false, "E", "é€", ""),
				"0000001c 05 0000000000000005 00 00000001 45 00000005 c3a9e282ac 00000000");
	}

	@Test
	void log() throws WireException {
		assertBytes(new Frame.Log(3, 20, 1000, "l", "t", "m", null, Map.of()),
				"0000002c 06 0000000000000003 00000014 00000000000003e8 00000001 6c 00000001 74 00000001 6d"
						+ " ffffffff 00000000");
		assertBytes(new Frame.Log(3, 20, 1000, "l", "t", "m", "x", Map.of("k", "v")),
				"00000037 06 0000000000000003 00000014 00000000000003e8 00000001 6c 00000001 74 00000001 6d"
						+ " 00000001 78 00000001 00000001 6b 00000001 76");
	}

	@Test
	void credit() throws WireException {
		assertBytes(new Frame.Credit(65536), "00000005 07 00010000");
	}

	@Test
	void stopAndGoodbye() throws WireException {
		assertBytes(new Frame.Stop(), "00000001 08");
		assertBytes(new Frame.Goodbye(), "00000001 09");
	}

	@Test
	void interruptAndDump() throws WireException {
		assertBytes(new Frame.Interrupt(258), "00000009 0a 0000000000000102");
		assertBytes(new Frame.Dump(258), "00000009 0b 0000000000000102");
	}

	@Test
	void stack() throws WireException {
		assertBytes(new Frame.Stack(1, "at"), "0000000f 0c 0000000000000001 00000002 6174");
	}

	@Test
	void levels() throws WireException {
		assertBytes(new Frame.Levels(Map.of("a", "OFF")), "00000011 0e 00000001 00000001 61 00000003 4f4646");
	}

	@Test
	void progress() throws WireException {
		assertBytes(new Frame.Progress(1, 0.5, null), "00000015 0d 0000000000000001 3fe0000000000000 ffffffff");
		assertBytes(new Frame.Progress(1, 1, "m"), "00000016 0d 0000000000000001 3ff0000000000000 00000001 6d");
	}

	@ParameterizedTest
	@ValueSource(doubles = { -0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY })
	void aProgressThatIsNoneIsRefused(double fraction) {
		byte[] bytes = SampleFrames.bytes(new Frame.Progress(1, fraction, null));
		assertThatExceptionOfType(WireException.class).isThrownBy(() -> FrameCodec.decode(body(bytes)))
			.withMessageContaining(Double.toString(fraction));
	}

	@ParameterizedTest
	@MethodSource("dev.taskqueue.wire.SampleFrames#all")
	void everyFrameComesBackAsItWas(Frame frame) throws WireException {
		assertThat(FrameCodec.decode(body(SampleFrames.bytes(frame)))).usingRecursiveComparison().isEqualTo(frame);
	}

	@ParameterizedTest
	@MethodSource("dev.taskqueue.wire.SampleFrames#all")
	void aFrameCutShortAnywhereIsNoFrameOrAnotherOne(Frame frame) {
		byte[] bytes = SampleFrames.bytes(frame);
		boolean open = FrameCodec.payload(frame).length > 0;
		int rest = FrameCodec.payload(frame).length;
		for (int end = 4; end < bytes.length - (open ? rest : 0); end++) {
			ByteBuffer cut = ByteBuffer.wrap(bytes, 4, end - 4);
			assertThatExceptionOfType(WireException.class).as("cut at %d", end)
				.isThrownBy(() -> FrameCodec.decode(cut));
		}
	}

	@ParameterizedTest
	@ValueSource(bytes = { -128, -1, 100, 127 })
	void anUnknownTypeIsRefused(byte type) {
		assertThatExceptionOfType(WireException.class)
			.isThrownBy(() -> FrameCodec.decode(ByteBuffer.wrap(new byte[] { type })))
			.withMessage("unknown frame type " + type);
	}

	@ParameterizedTest
	@CsvSource({ "00, 00000000, not TaskQueue's protocol: it opens with 0x0",
			"01, 47455420, not TaskQueue's protocol: it opens with 0x47455420" })
	void anotherMagicIsRefused(String type, String magic, String message) {
		assertRefused(type + magic + "0003 00000002" + SECRET + "0000000000000001", message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00", "01" })
	void anotherVersionIsRefusedAndSaysWhatToDo(String type) {
		assertRefused(type + "54511af7 0004 00000002" + SECRET + "0000000000000001",
				"protocol version 4 where 3 is spoken; parent and worker must use the same version of taskqueue-core");
	}

	@ParameterizedTest
	@CsvSource({ "02", "08", "09" })
	void bytesAfterAnEmptyFrameAreRefused(String type) {
		assertRefused(type + "00", "1 bytes too many at the end of a frame");
	}

	@Test
	void bytesAfterTheLastFieldAreRefused() {
		assertRefused("07 00000001 0000", "2 bytes too many at the end of a frame");
		assertRefused("05 0000000000000005 01 00000001 45 ffffffff 00000001 74 00",
				"1 bytes too many at the end of a frame");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ffffffff", "80000000", "00000002", "7fffffff" })
	void aStringLongerThanTheFrameOrNegativeIsRefused(String length) {
		assertRefused("05 0000000000000005 01 " + length + " 45", "in a frame that has 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "fffffffe", "80000000", "00000006", "7fffffff" })
	void aTextLongerThanTheFrameOrNegativeIsRefusedUnlessItIsNull(String length) {
		assertRefused("05 0000000000000005 01 00000001 45 " + length + " 00000001 74", "in a frame that has 5");
	}

	@ParameterizedTest
	@CsvSource({ "ffffffff, a map of -1 entries", "7fffffff, a map of 2147483647 entries",
			"00000002, a map of 2 entries in 10 bytes" })
	void aMapOfMoreEntriesThanFitIsRefused(String count, String message) {
		assertRefused("06 0000000000000003 00000014 00000000000003e8 00000000 00000000 00000000 ffffffff " + count
				+ "00000001 6b 00000001 76", message);
	}

	@ParameterizedTest
	@CsvSource({ "ffffffff, a set of -1 elements", "7fffffff, a set of 2147483647 elements",
			"00000002, a set of 2 elements in 5 bytes" })
	void aSetOfMoreElementsThanFitIsRefused(String count, String message) {
		assertRefused("00 54511af7 0003 00000002" + SECRET + "00000000 00000000 00000000 00000000"
				+ "00000000 00000000 01 00000000 " + count + "00000001 71", message);
	}

	@Test
	void nothingAtAllIsRefused() {
		assertRefused("", "a field of 1 bytes in a frame that has 0");
	}

	private static void assertBytes(Frame frame, String hex) throws WireException {
		byte[] expected = bytes(hex);
		assertThat(SampleFrames.bytes(frame)).asHexString()
			.isEqualTo(HexFormat.of().withUpperCase().formatHex(expected));
		assertThat(FrameCodec.decode(body(expected))).usingRecursiveComparison().isEqualTo(frame);
	}

	private static void assertRefused(String body, String message) {
		assertThatExceptionOfType(WireException.class).isThrownBy(() -> FrameCodec.decode(ByteBuffer.wrap(bytes(body))))
			.withMessageContaining(message);
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	private static ByteBuffer body(byte[] frame) {
		return ByteBuffer.wrap(frame, 4, frame.length - 4);
	}

}
