package dev.taskqueue.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GateTest {

	private static final int THREADS = 4;

	@Test
	void idsCountFromOneInTheOrderOfAdding() {
		Gate gate = new Gate("mail", 0);
		assertThat(gate.enter()).isEqualTo(1);
		assertThat(gate.enter()).isEqualTo(2);
		assertThat(gate.length()).isEqualTo(2);
	}

	@Test
	void enterWhenFullIsRefusedWithNumbersAndAdvice() {
		Gate gate = new Gate("mail", 2);
		gate.enter();
		gate.enter();
		assertThatExceptionOfType(QueueFullException.class).isThrownBy(gate::enter)
			.withMessage("Queue 'mail' is full: 2 tasks wait, which is its capacity; add later, "
					+ "raise taskqueue.capacity or taskqueue.worker-count");
		assertThat(gate.length()).isEqualTo(2);
	}

	@Test
	void aTaskThatStartsMakesRoom() {
		Gate gate = new Gate("mail", 1);
		gate.enter();
		gate.leaveWaiting();
		assertThat(gate.enter()).isEqualTo(2);
		assertThat(gate.length()).isEqualTo(2);
	}

	@Test
	void aTaskThatComesBackTakesItsRoomAgainEvenAboveTheCapacity() {
		Gate gate = new Gate("mail", 1);
		gate.enter();
		gate.leaveWaiting();
		gate.enter();
		gate.waitAgain();
		assertThatExceptionOfType(QueueFullException.class).isThrownBy(gate::enter).withMessageContaining("2 tasks");
	}

	@Test
	void aRefusedTaskUsesNoId() {
		Gate gate = new Gate("mail", 1);
		gate.enter();
		assertThatExceptionOfType(QueueFullException.class).isThrownBy(gate::enter);
		gate.leaveWaiting();
		assertThat(gate.enter()).isEqualTo(2);
	}

	@Test
	void enterWhenClosedIsRefused() {
		Gate gate = new Gate("mail", 0);
		gate.checkOpen();
		gate.close();
		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(gate::enter)
			.withMessage("Queue 'mail' is terminated and takes no tasks; start() opens it again");
		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(gate::checkOpen);
	}

	@Test
	void closedAndFullSaysClosed() {
		Gate gate = new Gate("mail", 1);
		gate.enter();
		gate.close();
		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(gate::enter);
	}

	@Test
	void openAfterCloseKeepsTheCounts() {
		Gate gate = new Gate("mail", 2);
		gate.enter();
		gate.close();
		gate.close();
		gate.open();
		gate.open();
		assertThat(gate.enter()).isEqualTo(2);
		assertThatExceptionOfType(QueueFullException.class).isThrownBy(gate::enter);
	}

	@Test
	void drainedMeansNobodyWaitsAndNobodyRuns() {
		Gate gate = new Gate("mail", 0);
		assertThat(gate.isDrained()).isTrue();
		gate.enter();
		gate.close();
		assertThat(gate.isDrained()).isFalse();
		gate.leaveWaiting();
		assertThat(gate.isDrained()).isFalse();
		gate.finished();
		assertThat(gate.isDrained()).isTrue();
		assertThat(gate.length()).isZero();
		assertThat(gate.processed()).isOne();
	}

	@Test
	void exactlyAsManyAsTheCapacityAreAdmitted() throws Exception {
		for (int round = 0; round < 50; round++) {
			Gate gate = new Gate("mail", 100);
			List<Integer> admitted = together(() -> {
				int count = 0;
				for (int i = 0; i < 50; i++) {
					try {
						gate.enter();
						count++;
					}
					catch (QueueFullException ex) {
						// Not counted
					}
				}
				return count;
			});
			assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
			assertThat(gate.length()).isEqualTo(100);
		}
	}

	@Test
	void nobodyIsAdmittedUnseenWhileItCloses() throws Exception {
		for (int round = 0; round < 200; round++) {
			Gate gate = new Gate("mail", 0);
			AtomicBoolean closer = new AtomicBoolean();
			List<Integer> admitted = together(() -> {
				if (closer.compareAndSet(false, true)) {
					gate.close();
					return 0;
				}
				int count = 0;
				try {
					while (count < 10_000) {
						gate.enter();
						count++;
					}
				}
				catch (QueueClosedException ex) {
					assertThatExceptionOfType(QueueClosedException.class).isThrownBy(gate::enter);
				}
				return count;
			});
			int sum = admitted.stream().mapToInt(Integer::intValue).sum();
			assertThat(gate.length()).isEqualTo(sum);
			for (int i = 0; i < sum; i++) {
				assertThat(gate.isDrained()).isFalse();
				gate.leaveWaiting();
				gate.finished();
			}
			assertThat(gate.isDrained()).isTrue();
		}
	}

	/** Run the same in several threads that begin at the same moment. */
	private static List<Integer> together(java.util.concurrent.Callable<Integer> work) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			CyclicBarrier barrier = new CyclicBarrier(THREADS);
			List<Future<Integer>> futures = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				futures.add(threads.submit(() -> {
					barrier.await();
					return work.call();
				}));
			}
			List<Integer> results = new ArrayList<>();
			for (Future<Integer> future : futures) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
