package dev.taskqueue.autoconfigure;

/**
 * Makes text from elsewhere fit to be shown: short, on one line, and with nothing a
 * terminal or a browser would act upon.
 */
final class VisibleText {

	private static final int LONGEST = 200;

	private VisibleText() {
	}

	/**
	 * Cut the text to 200 characters, then write control characters as Java's escapes of
	 * four hexadecimal digits.
	 * @param text any text
	 * @return the text to show
	 */
	static String of(String text) {
		return of(text, LONGEST);
	}

	/**
	 * Make a longer text visible.
	 * @param text any text
	 * @param longest where to cut it, in characters
	 * @return the text to show
	 */
	static String of(String text, int longest) {
		StringBuilder visible = new StringBuilder();
		cut(text, longest).codePoints().forEach((character) -> {
			if (isVisible(character)) {
				visible.appendCodePoint(character);
			}
			else {
				visible.append(String.format("\\u%04x", character));
			}
		});
		return visible.toString();
	}

	private static String cut(String text, int longest) {
		if (text.length() <= longest) {
			return text;
		}
		boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 1));
		return text.substring(0, splitsPair ? longest - 1 : longest);
	}

	/** Format characters are those that change a line's direction, among others. */
	private static boolean isVisible(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE ->
				false;
			default -> true;
		};
	}

}
