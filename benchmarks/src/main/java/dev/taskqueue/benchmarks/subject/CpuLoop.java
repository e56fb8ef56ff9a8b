package dev.taskqueue.benchmarks.subject;

/**
 * Work that takes time and nothing else.
 */
public final class CpuLoop {

	private static final int CALIBRATION = 20_000_000;

	private CpuLoop() {
	}

	/**
	 * Compute.
	 * @param iterations how often to go round
	 */
	public static void spin(int iterations) {
		long state = 88_172_645_463_325_252L;
		for (int i = 0; i < iterations; i++) {
			state ^= state << 13;
			state ^= state >>> 7;
			state ^= state << 17;
		}
		if (state == 0) {
			// It never is, but the compiler does not know, and cannot leave out the loop
			throw new IllegalStateException("the loop has lost its state");
		}
	}

	/**
	 * How often to go round for a millisecond, on this machine, once the loop is
	 * compiled.
	 * @return iterations
	 */
	public static int perMillisecond() {
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 10; i++) {
			long begin = System.nanoTime();
			spin(CALIBRATION);
			best = Math.min(best, System.nanoTime() - begin);
		}
		return (int) (CALIBRATION * 1_000_000L / best);
	}

}
