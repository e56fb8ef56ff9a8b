package dev.taskqueue.pool;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random lives of pools: whatever happens in whatever order, no rule is broken at any
 * step, and at the end every task is final and every worker gone.
 */
class PoolModelTest {

	private static final int POOLS = 150;

	private static final int STEPS = 400;

	@Test
	void noSequenceOfEventsBreaksARule() {
		long seed = System.nanoTime();
		for (int i = 0; i < POOLS; i++) {
			live(seed + i);
		}
	}

	private static void live(long seed) {
		Random random = new Random(seed);
		ModelWorld world = new ModelWorld(random);
		int step = 0;
		try {
			for (; step < STEPS; step++) {
				world.randomEvent();
				world.check();
				if (step % 3 == 0) {
					world.proceed();
					world.check();
				}
			}
			world.endWell();
			assertThat(world.unfinished()).as("tasks that never became final").isEmpty();
			assertThat(world.processes()).as("processes left").isZero();
			assertThat(world.gate.isDrained()).as("gate").isTrue();
		}
		catch (RuntimeException | AssertionError ex) {
			throw new AssertionError("seed " + seed + ", step " + step + ": " + world.history(), ex);
		}
	}

}
