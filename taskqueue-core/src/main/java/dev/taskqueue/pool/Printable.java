package dev.taskqueue.pool;

/**
 * Makes what users name fit for one line of a log.
 */
final class Printable {

	private Printable() {
	}

	/**
	 * Escape control characters, line breaks among them.
	 * @param text any text
	 * @return the text on one line
	 */
	static String line(String text) {
		if (text.chars().noneMatch(Character::isISOControl)) {
			return text;
		}
		StringBuilder escaped = new StringBuilder();
		text.chars().forEach((c) -> {
			if (Character.isISOControl(c)) {
				escaped.append(String.format("\\u%04x", c));
			}
			else {
				escaped.append((char) c);
			}
		});
		return escaped.toString();
	}

}
