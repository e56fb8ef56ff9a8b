package dev.taskqueue.pool;

/**
 * Makes what users name fit for one line of a log.
 */
final class Printable {

	private Printable() {
	}

	/**
	 * Escape what is not seen but acted upon: control characters, line breaks of any
	 * kind, marks that change a line's direction.
	 * @param text any text
	 * @return the text on one line
	 */
	static String line(String text) {
		if (text.codePoints().allMatch(Printable::isVisible)) {
			return text;
		}
		StringBuilder escaped = new StringBuilder();
		text.codePoints().forEach((character) -> {
			if (isVisible(character)) {
				escaped.appendCodePoint(character);
			}
			else {
				escaped.append(String.format("\\u%04x", character));
			}
		});
		return escaped.toString();
	}

	private static boolean isVisible(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE ->
				false;
			default -> true;
		};
	}

}
