package dev.taskqueue.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LineSplitterTest {

	private static final int MAX = LineSplitter.MAX;

	private final List<String> lines = new ArrayList<>();

	private final LineSplitter splitter = new LineSplitter(this.lines::add);

	@Test
	void linesEndWithALineBreakOfEitherKind() {
		write("unix\nwindows\r\nrest");
		assertThat(this.lines).containsExactly("unix", "windows");
	}

	@Test
	void aCarriageReturnInsideALineStays() {
		write("10 %\r20 %\n");
		assertThat(this.lines).containsExactly("10 %\r20 %");
	}

	@Test
	void aLineBreakSplitBetweenTwoWritesIsOne() {
		write("a\r");
		write("\nb\n");
		assertThat(this.lines).containsExactly("a", "b");
	}

	@Test
	void emptyLinesAreLines() {
		write("\n\r\n\na\n");
		assertThat(this.lines).containsExactly("", "", "", "a");
	}

	@Test
	void flushEmitsWhatHasNoLineBreakOnce() {
		write("half");
		assertThat(this.lines).isEmpty();
		this.splitter.flush();
		this.splitter.flush();
		assertThat(this.lines).containsExactly("half");
		write("next\n");
		assertThat(this.lines).containsExactly("half", "next");
	}

	@Test
	void onlyThePartOfTheArrayIsRead() {
		this.splitter.write("xxa\nbxx".getBytes(StandardCharsets.UTF_8), 2, 3);
		this.splitter.flush();
		assertThat(this.lines).containsExactly("a", "b");
	}

	@Test
	void charactersSplitAtEveryOffsetStayWhole() {
		String text = "aé€🐛日\nß\n";
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		for (int cut = 0; cut <= bytes.length; cut++) {
			this.lines.clear();
			this.splitter.write(bytes, 0, cut);
			this.splitter.write(bytes, cut, bytes.length - cut);
			assertThat(this.lines).as("cut at %d", cut).containsExactly("aé€🐛日", "ß");
		}
	}

	@Test
	void aLineOfExactlyTheLimitIsOne() {
		write("x".repeat(MAX) + "\n");
		assertThat(this.lines).containsExactly("x".repeat(MAX));
	}

	@Test
	void aLineOfExactlyTheLimitIsOneWithEitherLineBreak() {
		write("x".repeat(MAX) + "\r\nnext\r\n");
		assertThat(this.lines).containsExactly("x".repeat(MAX), "next");
	}

	@Test
	void aLineOfOneMoreThanTheLimitIsTwo() {
		write("x".repeat(MAX) + "y\n");
		assertThat(this.lines).containsExactly("x".repeat(MAX), "y");
	}

	@Test
	void anEndlessLineIsCutAndWhatIsLeftIsFlushed() {
		for (int i = 0; i < 10; i++) {
			write("x".repeat(MAX / 4));
		}
		assertThat(this.lines).containsExactly("x".repeat(MAX), "x".repeat(MAX));
		this.splitter.flush();
		assertThat(this.lines).hasSize(3);
		assertThat(this.lines.get(2)).hasSize(MAX / 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "é", "€", "🐛" })
	void aCharacterAcrossTheLimitIsNotCut(String character) {
		int length = character.getBytes(StandardCharsets.UTF_8).length;
		for (int before = 0; before <= length; before++) {
			this.lines.clear();
			String line = "x".repeat(MAX - before) + character + "y";
			write(line + "\n");
			assertThat(String.join("", this.lines)).as("%d bytes before the limit", before).isEqualTo(line);
			assertThat(this.lines).allMatch((part) -> part.getBytes(StandardCharsets.UTF_8).length <= MAX);
		}
	}

	@Test
	void bytesThatAreNoTextAreReplacedAndLoseNoLine() {
		byte[] bytes = new byte[3 * MAX];
		java.util.Arrays.fill(bytes, (byte) 0x80);
		bytes[bytes.length - 1] = '\n';
		this.splitter.write(bytes, 0, bytes.length);
		write("next\n");
		assertThat(this.lines).hasSize(4).endsWith("next");
		assertThat(this.lines.get(0)).isEqualTo("\ufffd".repeat(MAX));
	}

	@Test
	void nothingIsLostWhateverTheChunks() {
		Random random = new Random(11);
		StringBuilder text = new StringBuilder();
		String[] parts = { "a", "é", "€", "🐛", "\n", "word ", "x".repeat(MAX / 3), "€".repeat(MAX / 7) };
		for (int i = 0; i < 400; i++) {
			text.append(parts[random.nextInt(parts.length)]);
		}
		byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		for (int round = 0; round < 10; round++) {
			this.lines.clear();
			int most = 1 + random.nextInt(2 * MAX);
			for (int from = 0; from < bytes.length;) {
				int count = Math.min(1 + random.nextInt(most), bytes.length - from);
				this.splitter.write(bytes, from, count);
				from += count;
			}
			this.splitter.flush();
			assertThat(String.join("", this.lines)).isEqualTo(text.toString().replace("\n", ""));
		}
	}

	private void write(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		this.splitter.write(bytes, 0, bytes.length);
	}

}
