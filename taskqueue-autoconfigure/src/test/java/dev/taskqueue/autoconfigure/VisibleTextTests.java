package dev.taskqueue.autoconfigure;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VisibleTextTests {

	@Test
	void plainTextStaysAsItIs() {
		assertThat(VisibleText.of("Rechnung №42 für Łódź 日本 😀")).isEqualTo("Rechnung №42 für Łódź 日本 😀");
	}

	@Test
	void whatCouldForgeALineOrTurnItsDirectionIsEscaped() {
		assertThat(VisibleText.of("a\r\nb\u001b[31m\u0085\u2028\u202e"))
			.isEqualTo("a\\u000d\\u000ab\\u001b[31m\\u0085\\u2028\\u202e");
	}

	@Test
	void longTextIsCutTo200Characters() {
		assertThat(VisibleText.of("x".repeat(200))).hasSize(200);
		assertThat(VisibleText.of("x".repeat(201))).isEqualTo("x".repeat(200));
	}

	@Test
	void theCutDoesNotSplitACharacter() {
		assertThat(VisibleText.of("x".repeat(199) + "😀")).isEqualTo("x".repeat(199));
	}

	@Test
	void halfACharacterIsEscaped() {
		assertThat(VisibleText.of("\ud83d!")).isEqualTo("\\ud83d!");
	}

}
