package dev.taskqueue.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TaskListTest {

	private final TaskList list = new TaskList();

	private final PoolTask a = WaitingTasks.task(1, 0);

	private final PoolTask b = WaitingTasks.task(2, 0);

	private final PoolTask c = WaitingTasks.task(3, 0);

	@Test
	void anEmptyListHasNoFirst() {
		assertThat(this.list.isEmpty()).isTrue();
		assertThat(this.list.peekFirst()).isNull();
	}

	@Test
	void whoComesBackKeepsItsTurn() {
		this.list.addInTurn(this.b);
		this.list.addLast(this.c);
		this.list.addInTurn(this.a);
		assertThat(drain()).containsExactly(this.a, this.b, this.c);
	}

	@Test
	void theTurnGoesByTheWaitAndThenByTheId() {
		this.a.waitingSince = Long.MIN_VALUE + 1; // after the clock has wrapped around
		this.b.waitingSince = Long.MAX_VALUE;
		this.c.waitingSince = Long.MAX_VALUE;
		this.list.addInTurn(this.a);
		this.list.addInTurn(this.c);
		this.list.addInTurn(this.b);
		assertThat(drain()).containsExactly(this.b, this.c, this.a);
	}

	@Test
	void theMiddleCanLeave() {
		addAll();
		this.list.remove(this.b);
		assertThat(drain()).containsExactly(this.a, this.c);
	}

	@Test
	void theLastCanLeaveAndAnotherComeAfter() {
		addAll();
		this.list.remove(this.c);
		this.list.addLast(this.c);
		assertThat(drain()).containsExactly(this.a, this.b, this.c);
	}

	@Test
	void whoLeavesHoldsNobody() {
		addAll();
		this.list.remove(this.b);
		assertThat(this.b.list).isNull();
		assertThat(this.b.next).isNull();
		assertThat(this.b.previous).isNull();
	}

	@Test
	void agreesWithADequeWhateverIsDone() {
		long seed = 42;
		Random random = new Random(seed);
		Deque<PoolTask> expected = new ArrayDeque<>();
		List<PoolTask> outside = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			outside.add(WaitingTasks.task(i, 0));
		}
		for (int step = 0; step < 5_000; step++) {
			if (random.nextBoolean() && !outside.isEmpty()) {
				PoolTask task = outside.remove(random.nextInt(outside.size()));
				if (random.nextBoolean()) {
					task.waitingSince = -step; // before all others
					this.list.addInTurn(task);
					expected.addFirst(task);
				}
				else {
					task.waitingSince = step;
					this.list.addLast(task);
					expected.addLast(task);
				}
			}
			else if (!expected.isEmpty()) {
				PoolTask task = new ArrayList<>(expected).get(random.nextInt(expected.size()));
				this.list.remove(task);
				expected.remove(task);
				outside.add(task);
			}
			assertThat(this.list.peekFirst()).as("step %d", step).isSameAs(expected.peekFirst());
			assertThat(this.list.isEmpty()).isEqualTo(expected.isEmpty());
		}
		assertThat(drain()).containsExactlyElementsOf(expected);
	}

	private void addAll() {
		this.list.addLast(this.a);
		this.list.addLast(this.b);
		this.list.addLast(this.c);
	}

	private List<PoolTask> drain() {
		List<PoolTask> tasks = new ArrayList<>();
		for (PoolTask task = this.list.peekFirst(); task != null; task = this.list.peekFirst()) {
			tasks.add(task);
			this.list.remove(task);
		}
		return tasks;
	}

}
