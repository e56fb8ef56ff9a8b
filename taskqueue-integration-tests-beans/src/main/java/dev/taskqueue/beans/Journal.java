package dev.taskqueue.beans;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Writes down what has happened in which process, into one file for all of them.
 */
@Component
class Journal {

	private final Path file;

	Journal(@Value("${shop.directory}") Path directory) {
		this.file = directory.resolve("journal");
	}

	void write(String what) {
		try {
			Files.writeString(this.file, what + "=" + ProcessHandle.current().pid() + "\n", StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
