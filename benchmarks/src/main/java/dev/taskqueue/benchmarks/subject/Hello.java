package dev.taskqueue.benchmarks.subject;

/**
 * The smallest program there is, to see what a start of a JVM costs.
 */
final class Hello {

	private Hello() {
	}

	/**
	 * Say hello.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		System.out.println("Hello");
	}

}
