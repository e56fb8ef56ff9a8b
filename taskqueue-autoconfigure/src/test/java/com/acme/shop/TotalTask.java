package com.acme.shop;

import java.util.List;

import dev.taskqueue.CallableTask;

public record TotalTask(List<Integer> amounts) implements CallableTask<Integer> {

	@Override
	public Integer call() {
		if (this.amounts.isEmpty()) {
			throw new IllegalStateException("an invoice without items");
		}
		return this.amounts.stream().mapToInt(Integer::intValue).sum();
	}

}
