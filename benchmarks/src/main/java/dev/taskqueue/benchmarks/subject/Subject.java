package dev.taskqueue.benchmarks.subject;

import java.util.Map;

/**
 * Something that is measured. Opened, measured any number of times, closed, perhaps
 * opened again; by one thread.
 */
interface Subject {

	/** Its version, one word. */
	String version();

	/** Get ready to be measured, with these settings. */
	void open(Arguments settings) throws Exception;

	/** Do a drill, and say what came of it: numbers by name. */
	Map<String, Double> run(String drill, Arguments arguments) throws Exception;

	/** Let go of everything. */
	void close() throws Exception;

}
