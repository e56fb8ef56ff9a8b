package dev.taskqueue.pool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTest {

	@ParameterizedTest
	@ValueSource(strings = { "", "plain", "日本語 🐛", "C:\\temp\\u000a" })
	void printableTextStaysAsItIs(String text) {
		assertThat(Printable.line(text)).isSameAs(text);
	}

	@Test
	void controlCharactersAreEscaped() {
		assertThat(Printable.line("a\nb\r\tc\u0000\u001b[31m\u007f\u0085"))
			.isEqualTo("a\\u000ab\\u000d\\u0009c\\u0000\\u001b[31m\\u007f\\u0085");
	}

	@Test
	void whatBreaksOrTurnsALineIsEscaped() {
		assertThat(Printable.line("a\u2028b\u202ec")).isEqualTo("a\\u2028b\\u202ec");
	}

	@Test
	void charactersBesideControlsStayWhole() {
		assertThat(Printable.line("🐛\n")).isEqualTo("🐛\\u000a");
	}

}
