package dev.taskqueue.sample.lab;

import java.lang.reflect.Field;

import dev.taskqueue.CallableTask;

/**
 * Writes to the address 0, as a faulty native library does sooner or later.
 */
record NativeCrash() implements CallableTask<String> {

	@Override
	public String call() throws ReflectiveOperationException {
		// By reflection, because the compiler warns of the class's every use.
		Class<?> type = Class.forName("sun.misc.Unsafe");
		Field instance = type.getDeclaredField("theUnsafe");
		instance.setAccessible(true);
		type.getMethod("putAddress", long.class, long.class).invoke(instance.get(null), 0L, 42L);
		return "unreachable";
	}

}
