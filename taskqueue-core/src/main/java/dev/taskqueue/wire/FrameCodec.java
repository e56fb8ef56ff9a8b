package dev.taskqueue.wire;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the format described in {@link Frame}. Stateless. Decoding trusts
 * nothing: whatever the bytes are, it returns a frame or throws {@link WireException},
 * and allocates no more than a small multiple of the bytes that are there.
 */
public final class FrameCodec {

	/** Bytes of length and type. */
	static final int HEADER = 5;

	private static final byte[] NOTHING = {};

	private static final byte BOOT = 0;

	private static final byte HELLO = 1;

	private static final byte READY = 2;

	private static final byte RUN = 3;

	private static final byte RESULT = 4;

	private static final byte FAILURE = 5;

	private static final byte LOG = 6;

	private static final byte CREDIT = 7;

	private static final byte STOP = 8;

	private static final byte GOODBYE = 9;

	private static final byte INTERRUPT = 10;

	private static final byte DUMP = 11;

	private static final byte STACK = 12;

	private static final byte PROGRESS = 13;

	private static final byte LEVELS = 14;

	private static final byte BELL = 15;

	private static final byte CANNOT_START = 16;

	private static final byte ADD = 17;

	private static final byte ADDED = 18;

	private FrameCodec() {
	}

	/**
	 * Append a frame's bytes but for its payload, which need not be copied.
	 * @param frame the frame
	 * @param out gets header and fields; the header counts {@link #payload} too
	 */
	static void head(Frame frame, FieldWriter out) {
		if (frame instanceof Frame.Run run) {
			out.type(RUN).int64(run.task()).int32(run.slot()).int8(run.callable() ? 1 : 0);
			out.int32(run.attempt()).int64(run.limit()).map(run.mdc());
		}
		else if (frame instanceof Frame.Result result) {
			out.type(RESULT).int64(result.task());
		}
		else if (frame instanceof Frame.Log log) {
			out.type(LOG).int64(log.task()).int32(log.level()).int64(log.millis());
			out.text(log.logger()).text(log.thread()).text(log.message()).text(log.trace()).map(log.mdc());
		}
		else if (frame instanceof Frame.Credit credit) {
			out.type(CREDIT).int32(credit.bytes());
		}
		else if (frame instanceof Frame.Failure failure) {
			out.type(FAILURE).int64(failure.task()).int8(failure.fatal() ? 1 : 0);
			out.text(failure.className()).text(failure.message()).text(failure.trace());
		}
		else if (frame instanceof Frame.Hello hello) {
			out.type(HELLO).int32(Frame.MAGIC).int16(Frame.VERSION);
			out.int32(hello.worker()).bytes(hello.secret());
		}
		else if (frame instanceof Frame.Bell bell) {
			out.type(BELL).int32(Frame.MAGIC).int16(Frame.VERSION);
			out.int32(bell.worker()).bytes(bell.secret());
		}
		else if (frame instanceof Frame.Boot boot) {
			out.type(BOOT).int32(Frame.MAGIC).int16(Frame.VERSION);
			out.int32(boot.worker()).bytes(boot.secret()).text(boot.socket()).text(boot.page()).text(boot.queue());
			out.int32(boot.maxPayload()).map(boot.properties()).map(boot.levels());
			context(boot.context(), out);
		}
		else if (frame instanceof Frame.Ready) {
			out.type(READY);
		}
		else if (frame instanceof Frame.Stop) {
			out.type(STOP);
		}
		else if (frame instanceof Frame.Goodbye) {
			out.type(GOODBYE);
		}
		else if (frame instanceof Frame.Interrupt interrupt) {
			out.type(INTERRUPT).int64(interrupt.task());
		}
		else if (frame instanceof Frame.Dump dump) {
			out.type(DUMP).int64(dump.task());
		}
		else if (frame instanceof Frame.Stack stack) {
			out.type(STACK).int64(stack.task()).text(stack.text());
		}
		else if (frame instanceof Frame.Levels levels) {
			out.type(LEVELS).map(levels.levels());
		}
		else if (frame instanceof Frame.CannotStart failed) {
			out.type(CANNOT_START).text(failed.text());
		}
		else if (frame instanceof Frame.Add add) {
			out.type(ADD).int64(add.request()).text(add.queue()).text(add.description()).text(add.className());
			out.int8(add.callable() ? 1 : 0).int8(add.bean() ? 1 : 0).map(add.options()).map(add.mdc());
		}
		else if (frame instanceof Frame.Added added) {
			out.type(ADDED).int64(added.request()).int64(added.task()).text(added.refusal()).text(added.message());
		}
		else if (frame instanceof Frame.Progress progress) {
			out.type(PROGRESS).int64(progress.task());
			out.int64(Double.doubleToRawLongBits(progress.fraction())).text(progress.message());
		}
		out.end(payload(frame).length);
	}

	/**
	 * The bytes that follow {@link #head}.
	 * @param frame the frame
	 * @return the payload itself, not a copy; empty where the frame has none
	 */
	static byte[] payload(Frame frame) {
		if (frame instanceof Frame.Run run) {
			return run.payload();
		}
		if (frame instanceof Frame.Boot boot) {
			return boot.warmUp();
		}
		if (frame instanceof Frame.Result result) {
			return result.payload();
		}
		if (frame instanceof Frame.Add add) {
			return add.payload();
		}
		return NOTHING;
	}

	/**
	 * Decode one frame.
	 * @param in exactly type and body
	 * @return the frame
	 * @throws WireException if the bytes are not a frame
	 */
	public static Frame decode(ByteBuffer in) throws WireException {
		FieldReader fields = new FieldReader(in);
		byte type = fields.int8();
		Frame frame = switch (type) {
			case BOOT -> boot(fields);
			case HELLO -> hello(fields);
			case READY -> new Frame.Ready();
			case RUN -> new Frame.Run(fields.int64(), fields.int32(), fields.int8() != 0, fields.int32(),
					fields.int64(), fields.map(), fields.rest());
			case RESULT -> new Frame.Result(fields.int64(), fields.rest());
			case FAILURE ->
				new Frame.Failure(fields.int64(), fields.int8() != 0, fields.string(), fields.text(), fields.string());
			case LOG -> new Frame.Log(fields.int64(), fields.int32(), fields.int64(), fields.string(), fields.string(),
					fields.string(), fields.text(), fields.map());
			case CREDIT -> new Frame.Credit(fields.int32());
			case STOP -> new Frame.Stop();
			case GOODBYE -> new Frame.Goodbye();
			case INTERRUPT -> new Frame.Interrupt(fields.int64());
			case DUMP -> new Frame.Dump(fields.int64());
			case STACK -> new Frame.Stack(fields.int64(), fields.string());
			case PROGRESS -> progress(fields);
			case LEVELS -> new Frame.Levels(fields.map());
			case BELL -> bell(fields);
			case CANNOT_START -> new Frame.CannotStart(fields.string());
			case ADD -> new Frame.Add(fields.int64(), fields.string(), fields.string(), fields.string(),
					fields.int8() != 0, fields.int8() != 0, fields.map(), fields.map(), fields.rest());
			case ADDED -> new Frame.Added(fields.int64(), fields.int64(), fields.text(), fields.text());
			default -> throw new WireException("unknown frame type " + type);
		};
		fields.end();
		return frame;
	}

	private static Frame boot(FieldReader fields) throws WireException {
		opening(fields);
		return new Frame.Boot(fields.int32(), fields.bytes(Frame.SECRET_LENGTH), fields.string(), fields.string(),
				fields.string(), fields.int32(), fields.map(), fields.map(), context(fields), fields.rest());
	}

	private static Frame.@Nullable Context context(FieldReader fields) throws WireException {
		return (fields.int8() != 0) ? new Frame.Context(fields.map(), fields.set()) : null;
	}

	private static void context(Frame.@Nullable Context context, FieldWriter out) {
		out.int8((context != null) ? 1 : 0);
		if (context != null) {
			out.map(context.values()).set(context.queues());
		}
	}

	private static Frame hello(FieldReader fields) throws WireException {
		opening(fields);
		return new Frame.Hello(fields.int32(), fields.bytes(Frame.SECRET_LENGTH));
	}

	private static Frame bell(FieldReader fields) throws WireException {
		opening(fields);
		return new Frame.Bell(fields.int32(), fields.bytes(Frame.SECRET_LENGTH));
	}

	private static Frame progress(FieldReader fields) throws WireException {
		long task = fields.int64();
		double fraction = Double.longBitsToDouble(fields.int64());
		if (!(fraction >= 0 && fraction <= 1)) {
			throw new WireException("a progress of " + fraction);
		}
		return new Frame.Progress(task, fraction, fields.text());
	}

	private static void opening(FieldReader fields) throws WireException {
		int magic = fields.int32();
		if (magic != Frame.MAGIC) {
			throw new WireException("not TaskQueue's protocol: it opens with 0x" + Integer.toHexString(magic));
		}
		short version = fields.int16();
		if (version != Frame.VERSION) {
			throw new WireException("protocol version " + version + " where " + Frame.VERSION
					+ " is spoken; parent and worker must use the same version of taskqueue-core");
		}
	}

}
