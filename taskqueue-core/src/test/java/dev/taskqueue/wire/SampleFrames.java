package dev.taskqueue.wire;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Frames of every type, ordinary and odd ones.
 */
final class SampleFrames {

	private SampleFrames() {
	}

	static byte[] secret() {
		byte[] secret = new byte[Frame.SECRET_LENGTH];
		for (int i = 0; i < secret.length; i++) {
			secret[i] = (byte) i;
		}
		return secret;
	}

	static List<Frame> all() {
		Map<String, String> many = new HashMap<>();
		for (int i = 0; i < 100; i++) {
			many.put("key" + i, "värde " + i);
		}
		return List.of(
				new Frame.Boot(1, secret(), "/tmp/s", "/tmp/page", "mail", 64 << 20, Map.of(), Map.of(), null,
						new byte[7]),
				new Frame.Boot(
						-1, secret(), "", "", "\u0000", Integer.MIN_VALUE, many, Map.of("", "INFO", "a.b", "OFF"),
						new Frame.Context(many, Set.of("mail", "ü", "")), new byte[0]),
				new Frame.Hello(1, secret()), new Frame.Bell(7, secret()), new Frame.Ready(),
				new Frame.Run(Long.MIN_VALUE, Integer.MAX_VALUE, true, Integer.MIN_VALUE, Long.MAX_VALUE, many,
						new byte[] { 1, 2, 3 }),
				new Frame.Run(1, 0, false, 1, 0, Map.of(), new byte[0]), new Frame.Result(1, new byte[0]),
				new Frame.Result(2, new byte[1000]), new Frame.Failure(1, false, "E", null, ""),
				new Frame.Failure(1, true, "a.b.C$D", "", "trace\n\tat x"),
				new Frame.Failure(1, true, "日本語", "🐛 \ud83d\udc1b", "ß"),
				new Frame.Log(0, 40, 0, "", "", "", null, Map.of()), new Frame.Log(7, 0, -1, "l", "t", "m", "", many),
				new Frame.Credit(0), new Frame.Credit(-1), new Frame.Stop(), new Frame.Goodbye(),
				new Frame.Interrupt(1), new Frame.Dump(Long.MIN_VALUE), new Frame.Stack(1, "\"task\" RUNNABLE\n\tat x"),
				new Frame.Progress(1, 0, null), new Frame.Progress(-1, 1, "ß"), new Frame.Levels(many),
				new Frame.CannotStart("one\ntwo"), new Frame.Added(1, 2, null, null), new Frame.Added(-1, 0, "E", ""),
				new Frame.Add(1, "mail", "🐛", "a.B", true, true, many, Map.of(), new byte[] { 1, 2, 3 }),
				new Frame.Add(Long.MIN_VALUE, "", "", "", false, false, Map.of(), many, new byte[0]));
	}

	/** A frame as it stands on the wire. */
	static byte[] bytes(Frame... frames) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (Frame frame : frames) {
			FieldWriter head = new FieldWriter(64);
			FrameCodec.head(frame, head);
			bytes.writeBytes(head.toByteArray());
			bytes.writeBytes(FrameCodec.payload(frame));
		}
		return bytes.toByteArray();
	}

}
