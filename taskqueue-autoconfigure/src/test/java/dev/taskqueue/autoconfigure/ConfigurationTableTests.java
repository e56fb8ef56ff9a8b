package dev.taskqueue.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of docs/configuration.md against what the annotation processor wrote. */
class ConfigurationTableTests {

	private static final PropertyMetadata metadata = new PropertyMetadata();

	private static final Map<String, Row> rows = rows();

	/**
	 * Spring Boot gives them to every endpoint, and its own documentation explains them.
	 */
	private static final List<String> ELSEWHERE = List.of("management.endpoint.taskqueue.access",
			"management.endpoint.taskqueue.cache.time-to-live");

	@Test
	void everyPropertyIsDocumentedAndNoOther() {
		assertThat(rows.keySet().stream().filter((name) -> name.contains("taskqueue.")).collect(Collectors.toSet()))
			.isEqualTo(documentedProperties().collect(Collectors.toSet()));
	}

	@ParameterizedTest
	@MethodSource("documentedProperties")
	void theTypeIsThatOfTheProperty(String name) {
		assertThat(row(name).type()).matches(typePattern(metadata.property(name)));
	}

	@ParameterizedTest
	@MethodSource("documentedProperties")
	void theDefaultIsThatOfTheProperty(String name) {
		Matcher literal = Pattern.compile("(true|false|never|process|auto|\\d+\\w*)\\b.*")
			.matcher(metadata.defaultOf(name));
		if (literal.matches()) {
			assertThat(row(name).initial()).startsWith("`" + literal.group(1) + "`");
		}
		else {
			assertThat(row(name).initial()).as("words, and no value").isNotBlank().doesNotContain("`");
		}
	}

	static Stream<String> documentedProperties() {
		return metadata.properties().keySet().stream().filter((name) -> !ELSEWHERE.contains(name));
	}

	private static Row row(String name) {
		Row row = rows.get(name);
		assertThat(row).as(name).isNotNull();
		return row;
	}

	private static String typePattern(JsonNode property) {
		String type = property.path("type").stringValue();
		return switch (type.replaceFirst("<.*", "")) {
			case "java.lang.Boolean" -> "boolean";
			case "java.lang.Integer" -> "int\\b.*";
			case "java.time.Duration" -> "duration\\b.*";
			case "org.springframework.util.unit.DataSize" -> "size\\b.*";
			case "java.lang.String" -> "filter pattern|class path";
			case "java.io.File" -> "directory";
			case "java.util.List", "java.util.Set" -> "list\\b.*";
			case "java.util.Map" -> "map|every setting .*";
			default -> values(type);
		};
	}

	/** An enum is documented by its values. */
	private static String values(String type) {
		try {
			return Stream.of(Class.forName(type).getEnumConstants())
				.map((value) -> "`" + value.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
				.collect(Collectors.joining(", "));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static Map<String, Row> rows() {
		Map<String, Row> rows = new TreeMap<>();
		try (Stream<String> lines = Files.lines(Path.of("../docs/configuration.md"))) {
			lines.filter((line) -> line.startsWith("| `")).map((line) -> line.split("\\s*\\|\\s*")).forEach((cells) -> {
				String name = cells[1].replace("`", "").replace(".<name>.*", "");
				assertThat(rows.put(name, new Row(cells[2], cells[3]))).as("a second row for " + name).isNull();
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return rows;
	}

	private record Row(String type, String initial) {

	}

}
