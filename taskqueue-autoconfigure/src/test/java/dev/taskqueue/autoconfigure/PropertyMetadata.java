package dev.taskqueue.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What editors are told of our properties: the file that the annotation processor wrote.
 */
final class PropertyMetadata {

	private final JsonNode file;

	PropertyMetadata() {
		URL classes = TaskQueueProperties.class.getProtectionDomain().getCodeSource().getLocation();
		String root = classes.getPath().endsWith(".jar") ? "jar:" + classes + "!/" : classes.toString();
		try (InputStream in = URI.create(root + "META-INF/spring-configuration-metadata.json").toURL().openStream()) {
			this.file = JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Map<String, JsonNode> properties() {
		return byName("properties");
	}

	Map<String, JsonNode> hints() {
		return byName("hints");
	}

	JsonNode property(String name) {
		return Objects.requireNonNull(properties().get(name), name);
	}

	/**
	 * The default of a property: a value, or what the end of its description says of it.
	 */
	String defaultOf(String name) {
		JsonNode property = property(name);
		if (property.has("defaultValue")) {
			return property.path("defaultValue").asString();
		}
		String description = property.path("description").stringValue();
		int start = description.indexOf("Default: ");
		return (start >= 0) ? description.substring(start + "Default: ".length()) : "";
	}

	private Map<String, JsonNode> byName(String section) {
		Map<String, JsonNode> entries = new TreeMap<>();
		for (JsonNode entry : this.file.path(section)) {
			entries.put(entry.path("name").stringValue(), entry);
		}
		return entries;
	}

}
