package dev.taskqueue.wire;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What parent and worker say to each other. On the wire, all numbers big-endian:
 *
 * <pre>
 * frame   := length:int32 type:int8 body        length counts type and body
 * string  := length:int32 utf8-bytes            text? is text with length -1 for null
 * map     := count:int32 (string string)*             set is count:int32 string*
 *
 * type  name     from    body
 *  0    BOOT     parent  magic:int32 version:int16 worker:int32 secret:16 bytes socket:string page:string
 *                        queue:string maxPayload:int32 properties:map levels:map context:int8
 *                        and, with context 1, values:map queues:set                   (on stdin, not on the socket)
 *  1    HELLO    worker  magic:int32 version:int16 worker:int32 secret:16 bytes
 *  2    READY    worker  -
 *  3    RUN      parent  task:int64 slot:int32 callable:int8 attempt:int32 limit:int64 mdc:map payload:rest
 *  4    RESULT   worker  task:int64 payload:rest
 *  5    FAILURE  worker  task:int64 fatal:int8 class:string message:text? trace:string
 *  6    LOG      worker  task:int64 level:int32 millis:int64 logger:string thread:string message:string
 *                        trace:text? mdc:map
 *  7    CREDIT   parent  bytes:int32
 *  8    STOP     parent  -
 *  9    GOODBYE  worker  -
 * 10    INTERRUPT parent task:int64
 * 11    DUMP     parent  task:int64
 * 12    STACK    worker  task:int64 text:string
 * 13    PROGRESS worker  task:int64 fraction:int64 (the bits of a double) message:text?
 * 14    LEVELS   parent  levels:map
 * 15    BELL     worker  magic:int32 version:int16 worker:int32 secret:16 bytes
 * 16    CANNOT_START worker text:string
 * 17    ADD      worker  request:int64 queue:string description:string class:string callable:int8 bean:int8
 *                        options:map mdc:map payload:rest
 * 18    ADDED    parent  request:int64 task:int64 refusal:text? message:text?
 * </pre>
 *
 * RUN, RESULT and FAILURE travel through the {@link Rings}, all others through the
 * socket. A second connection of each worker opens with BELL; each byte after it, in
 * either direction, says no more than to look at the rings.
 * <p>
 * The first connection opens with HELLO; BOOT, HELLO and BELL carry {@link #MAGIC} and
 * {@link #VERSION}, and anything else in their place ends it. {@link FrameCodec} reads
 * and writes this format.
 */
public sealed interface Frame {

	/** "TQ" and two bytes no text has. */
	int MAGIC = 0x5451_1AF7;

	/** Raised with every change of the format. */
	short VERSION = 3;

	/** Bytes of LOG frames a worker may send before it waits for a CREDIT. */
	int LOG_CREDIT = 256 << 10;

	/**
	 * ADD frames a worker may send before it waits for an ADDED. All of them together
	 * carry no more payload than one task may.
	 */
	int MOST_ADDS = 16;

	/** Bytes of the secret that proves a worker is the one that was launched. */
	int SECRET_LENGTH = 16;

	/**
	 * What a worker needs to know to come up.
	 *
	 * @param worker the worker's number in its pool
	 * @param secret proves the worker to the parent
	 * @param socket path of the parent's socket
	 * @param page path of the worker's {@link TaskPage}
	 * @param queue the queue's name
	 * @param maxPayload largest result in bytes
	 * @param properties system properties to set first
	 * @param levels logger name to the name of its level; the root logger is {@code ""}
	 * @param context what to set up before the first task, {@code null} for nothing
	 * @param warmUp a serialized task that does nothing, to be run before the first one
	 */
	record Boot(int worker, byte[] secret, String socket, String page, String queue, int maxPayload,
			Map<String, String> properties, Map<String, String> levels, @Nullable Context context,
			byte[] warmUp) implements Frame {
	}

	/**
	 * What a worker's context is told. Part of BOOT.
	 *
	 * @param values what the application has configured
	 * @param queues names of the queues that tasks can be added to
	 */
	record Context(Map<String, String> values, Set<String> queues) {
	}

	/**
	 * The worker's JVM is up.
	 */
	record Hello(int worker, byte[] secret) implements Frame {
	}

	/**
	 * This is the worker's second connection, that of its bell.
	 */
	record Bell(int worker, byte[] secret) implements Frame {
	}

	/**
	 * The worker can take tasks.
	 */
	record Ready() implements Frame {
	}

	/**
	 * Run a task.
	 *
	 * @param task its id
	 * @param slot where its claim stands in the worker's {@link TaskPage}
	 * @param callable whether its result is wanted
	 * @param attempt which attempt this is, from 1
	 * @param limit nanoseconds until it reaches the first of its limits, 0 for none
	 * @param mdc the diagnostic context of whoever added it
	 * @param payload the serialized task
	 */
	record Run(long task, int slot, boolean callable, int attempt, long limit, Map<String, String> mdc,
			byte[] payload) implements Frame {
	}

	/**
	 * A task returned.
	 *
	 * @param task its id
	 * @param payload the serialized result; empty for {@code null}
	 */
	record Result(long task, byte[] payload) implements Frame {
	}

	/**
	 * A task failed, as text.
	 *
	 * @param task its id
	 * @param fatal whether the worker should not be trusted with another task
	 * @param className class of what was thrown
	 * @param message its message
	 * @param trace its trace, with causes
	 */
	record Failure(long task, boolean fatal, String className, @Nullable String message,
			String trace) implements Frame {
	}

	/**
	 * A log event or a line of output.
	 *
	 * @param task the task it belongs to, 0 for none
	 * @param level as in {@code org.slf4j.event.EventConstants}
	 * @param millis when, since the epoch
	 * @param logger the logger's name
	 * @param thread the thread's name
	 * @param message the formatted message
	 * @param trace the rendered exception
	 * @param mdc the diagnostic context
	 */
	record Log(long task, int level, long millis, String logger, String thread, String message, @Nullable String trace,
			Map<String, String> mdc) implements Frame {

		/** The logger of lines of {@code System.out} and of file descriptor 1. */
		public static final String STANDARD_OUTPUT = "dev.taskqueue.stdout";

		/** The logger of lines of {@code System.err} and of file descriptor 2. */
		public static final String STANDARD_ERROR = "dev.taskqueue.stderr";

	}

	/**
	 * The parent has dealt with this many bytes of LOG frames.
	 */
	record Credit(int bytes) implements Frame {
	}

	/**
	 * Take no further task and leave.
	 */
	record Stop() implements Frame {
	}

	/**
	 * The worker's last word: everything it had to say was said.
	 */
	record Goodbye() implements Frame {
	}

	/**
	 * Interrupt the thread of a task, if it is still running.
	 */
	record Interrupt(long task) implements Frame {
	}

	/**
	 * Say where a task is, if it is still running.
	 *
	 * @param task its id; 0 for the start of the context
	 */
	record Dump(long task) implements Frame {
	}

	/**
	 * Where a task is.
	 *
	 * @param task its id
	 * @param text the stack of its thread
	 */
	record Stack(long task, String text) implements Frame {
	}

	/**
	 * What a task says of its progress.
	 *
	 * @param task its id
	 * @param fraction from 0 to 1
	 * @param message what it is doing
	 */
	record Progress(long task, double fraction, @Nullable String message) implements Frame {
	}

	/**
	 * The application's log levels have changed.
	 *
	 * @param levels all of them, as in BOOT
	 */
	record Levels(Map<String, String> levels) implements Frame {
	}

	/**
	 * The worker's context does not start; the worker ends.
	 *
	 * @param text why, for a person to read
	 */
	record CannotStart(String text) implements Frame {
	}

	/**
	 * Add a task to one of the application's queues.
	 *
	 * @param request the worker's number for it
	 * @param queue the queue's name
	 * @param description how the task is called
	 * @param className its class
	 * @param callable whether it returns a result
	 * @param bean whether it needs a bean
	 * @param options the options it sets, as text
	 * @param mdc the diagnostic context of whoever adds it
	 * @param payload the serialized task
	 */
	record Add(long request, String queue, String description, String className, boolean callable, boolean bean,
			Map<String, String> options, Map<String, String> mdc, byte[] payload) implements Frame {

		/**
		 * The same with a number.
		 * @param number the worker's number for it
		 * @return a copy
		 */
		public Add numbered(long number) {
			return new Add(number, this.queue, this.description, this.className, this.callable, this.bean, this.options,
					this.mdc, this.payload);
		}

	}

	/**
	 * A task was added, or refused.
	 *
	 * @param request the worker's number for it
	 * @param task its id in its queue, 0 if it was refused
	 * @param refusal the class of the exception that refused it
	 * @param message that one's message
	 */
	record Added(long request, long task, @Nullable String refusal, @Nullable String message) implements Frame {
	}

}
