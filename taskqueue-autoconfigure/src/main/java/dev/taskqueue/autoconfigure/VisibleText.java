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
		StringBuilder visible = new StringBuilder();
		cut(text).codePoints().forEach((character) -> {
			if (isVisible(character)) {
				visible.appendCodePoint(character);
			}
			else {
				visible.append(String.format("\\u%04x", character));
			}
		});
		return visible.toString();
	}

	private static String cut(String text) {
		if (text.length() <= LONGEST) {
			return text;
		}
		boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST - 1));
		return text.substring(0, splitsPair ? LONGEST - 1 : LONGEST);
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
