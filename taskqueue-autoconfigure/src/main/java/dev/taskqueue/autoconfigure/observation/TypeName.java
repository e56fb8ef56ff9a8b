package dev.taskqueue.autoconfigure.observation;

/**
 * Names of tasks' classes, for people.
 */
final class TypeName {

	private TypeName() {
	}

	/** Without package and outer classes. */
	static String simple(String type) {
		int lambda = type.indexOf("$$Lambda");
		String named = (lambda >= 0) ? type.substring(0, lambda) : type;
		String simple = named.substring(Math.max(named.lastIndexOf('.'), named.lastIndexOf('$')) + 1);
		return (lambda >= 0) ? simple + " lambda" : simple;
	}

}
