package dev.taskqueue.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/testing.md shows is what is compiled and run in com.acme.shop. */
class TestingGuideTests {

	@Test
	void everyExampleIsATestOfOurs() throws IOException {
		String guide = Files.readString(Path.of("../docs/testing.md"));
		List<String> examples = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
			.matcher(guide)
			.results()
			.map((MatchResult result) -> words(result.group(1)))
			.toList();
		String sources = sources();
		assertThat(examples).hasSizeGreaterThan(4).allSatisfy((example) -> assertThat(sources).contains(example));
	}

	private static String sources() throws IOException {
		StringBuilder sources = new StringBuilder();
		try (Stream<Path> files = Files.list(Path.of("src/test/java/com/acme/shop"))) {
			for (Path file : files.toList()) {
				sources.append(words(Files.readString(file))).append(' ');
			}
		}
		return sources.toString();
	}

	private static String words(String text) {
		return text.strip().replaceAll("\\s+", " ");
	}

}
