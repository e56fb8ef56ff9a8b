package dev.taskqueue.pool;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class BacklogTest {

	private final Backlog backlog = new Backlog();

	@Test
	void anEmptyBacklogHasNothing() {
		assertThat(this.backlog.poll()).isNull();
		assertThat(this.backlog.size()).isZero();
	}

	@Test
	void firstInFirstOutInsideAPriority() {
		List<PoolTask> tasks = add(0, 0, 0);
		assertThat(pollAll()).containsExactlyElementsOf(tasks);
	}

	@Test
	void higherPriorityFirst() {
		List<PoolTask> tasks = add(0, 5, -5, 5, Integer.MIN_VALUE, Integer.MAX_VALUE);
		assertThat(pollAll()).containsExactly(tasks.get(5), tasks.get(1), tasks.get(3), tasks.get(0), tasks.get(2),
				tasks.get(4));
	}

	@Test
	void aTaskThatComesBackKeepsItsTurnInItsPriority() {
		List<PoolTask> tasks = add(0, 0, 0, 1);
		this.backlog.remove(tasks.get(1));
		this.backlog.addInTurn(tasks.get(1));
		assertThat(pollAll()).containsExactly(tasks.get(3), tasks.get(0), tasks.get(1), tasks.get(2));
	}

	@Test
	void theFirstIsSeenBeforeItIsTaken() {
		assertThat(this.backlog.peek()).isNull();
		List<PoolTask> tasks = add(0, 1);
		assertThat(this.backlog.peek()).isSameAs(tasks.get(1));
		this.backlog.remove(tasks.get(1));
		assertThat(this.backlog.peek()).isSameAs(tasks.get(0));
		this.backlog.remove(tasks.get(0));
		assertThat(this.backlog.peek()).isNull();
	}

	@Test
	void anyTaskCanLeave() {
		List<PoolTask> tasks = add(0, 0, 0, 1);
		this.backlog.remove(tasks.get(1));
		this.backlog.remove(tasks.get(3));
		assertThat(this.backlog.size()).isEqualTo(2);
		assertThat(pollAll()).containsExactly(tasks.get(0), tasks.get(2));
	}

	@Test
	void sizeFollows() {
		add(0, 1, 2);
		assertThat(this.backlog.size()).isEqualTo(3);
		this.backlog.poll();
		assertThat(this.backlog.size()).isEqualTo(2);
		pollAll();
		assertThat(this.backlog.size()).isZero();
	}

	@Test
	void aTaskThatDoesNotWaitCannotLeave() {
		PoolTask task = add(0).get(0);
		this.backlog.remove(task);
		assertThatIllegalStateException().isThrownBy(() -> this.backlog.remove(task))
			.withMessage("task 0 'task' of queue 'mail' does not wait");
		assertThat(this.backlog.size()).isZero();
	}

	private List<PoolTask> add(int... priorities) {
		List<PoolTask> tasks = new ArrayList<>();
		for (int priority : priorities) {
			PoolTask task = WaitingTasks.task(tasks.size(), priority);
			this.backlog.addLast(task);
			tasks.add(task);
		}
		return tasks;
	}

	private List<PoolTask> pollAll() {
		List<PoolTask> tasks = new ArrayList<>();
		@Nullable PoolTask task = this.backlog.poll();
		while (task != null) {
			tasks.add(task);
			task = this.backlog.poll();
		}
		return tasks;
	}

}
