package dev.taskqueue.sample.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.taskqueue.sample.thumbnail.TestImages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a real browser, the application behind it with real workers. Skipped where
 * there is no browser.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.submit-gallery=false", "sample.database=./target/page-it/catalogue" })
@DirtiesContext
class PageIT {

	private static final Pattern CHILD = Pattern.compile("Left behind: process (\\d+)");

	private static @Nullable Browser started;

	private final Browser browser;

	private final SamplePage page;

	private final int port;

	@TempDir
	Path directory;

	PageIT(@LocalServerPort int port) {
		this.browser = browser();
		this.page = new SamplePage(this.browser.driver());
		this.port = port;
	}

	/** Before the application: without a browser there is no need for it. */
	@BeforeAll
	static void startBrowser() throws IOException {
		started = Browser.start();
	}

	@AfterAll
	static void closeBrowser() throws IOException {
		if (started != null) {
			started.close();
		}
	}

	private static Browser browser() {
		if (started == null) {
			throw new IllegalStateException("The browser was not started");
		}
		return started;
	}

	@BeforeEach
	void open() {
		this.browser.resize(1400, 1000);
		this.page.open(this.port);
		awaitWorkers();
	}

	@AfterEach
	void consoleIsQuiet() {
		this.browser.assertQuietConsole();
	}

	@ParameterizedTest
	@CsvSource({ "LOOP, Timed out, TIMEOUT, EndlessLoop.call",
			"EXIT, Crashed, 'EXITED, exit code 0', leaves with code 0", "HALT, Crashed, 'EXITED, exit code 3', ''",
			"CRASH, Crashed, 'NATIVE_CRASH, SIGSEGV', Head of the JVM", "LEAK, Crashed, OUT_OF_MEMORY, max-memory",
			"RECURSION, Failed, StackOverflowError, DeepRecursion.depth",
			"CHILD, Crashed, 'EXITED, exit code 1', Left behind" })
	void hostileTaskFailsAlone(String experiment, String badge, String reason, String inside) throws IOException {
		Set<Long> thumbnails = this.page.workers("taskQueue");
		Set<Long> lab = this.page.workers("lab");
		String name = experiment.toLowerCase(Locale.ROOT) + ".png";

		this.page.run(experiment);
		this.page.upload(image(name));

		this.page.await(experiment, () -> {
			assertThat(this.page.badge(experiment)).isEqualTo(badge);
			assertThat(this.page.outcomeText(experiment)).contains(reason).contains(inside);
			assertThat(this.page.pid(experiment)).isIn(lab);
		});
		awaitThumbnail(name);
		long victim = this.page.pid(experiment);
		Set<Long> others = new HashSet<>(lab);
		others.remove(victim);
		this.page.await("successor of " + victim,
				() -> assertThat(this.page.workers("lab")).hasSize(2).containsAll(others).doesNotContain(victim));
		assertThat(this.page.workers("taskQueue")).isEqualTo(thumbnails);
	}

	@Test
	void whatATaskHasStartedEndsWithItsWorker() {
		this.page.run("CHILD");
		this.page.await("the child's pid", () -> assertThat(this.page.outcomeText("CHILD")).containsPattern(CHILD));
		Matcher child = CHILD.matcher(this.page.outcomeText("CHILD"));
		assertThat(child.find()).isTrue();
		this.page.await("the child's end",
				() -> assertThat(ProcessHandle.of(Long.parseLong(child.group(1))).filter(ProcessHandle::isAlive))
					.isEmpty());
	}

	@Test
	void bombEndsTheProcessOfOneImage() throws IOException {
		Set<Long> lab = this.page.workers("lab");
		this.page.submitBomb();
		this.page.upload(image("beside-the-bomb.png"));
		this.page.await("bomb", () -> {
			assertThat(this.page.outcomeText("bomb.png")).contains("OUT_OF_MEMORY");
			assertThat(this.page.card("bomb.png").getText()).contains("Out of memory");
		});
		awaitThumbnail("beside-the-bomb.png");
		assertThat(this.page.workers("lab")).isEqualTo(lab);
	}

	@Test
	void floodOfOutputHarmsNobody() throws IOException {
		this.page.run("FLOOD");
		this.page.upload(image("dry.png"));
		awaitThumbnail("dry.png");
		this.page.await("flood", () -> assertThat(this.page.outcomeText("FLOOD")).contains("64 MB written"));
	}

	@Test
	void flakyTaskIsTriedAgainUntilItWorks() {
		this.page.run("FLAKY");
		this.page.await("third attempt", () -> {
			assertThat(this.page.badge("FLAKY")).isEqualTo("Succeeded");
			assertThat(this.page.outcome("FLAKY").findElements(By.cssSelector(".attempts li"))).hasSize(3);
		});
		assertThat(this.page.outcomeText("FLAKY")).contains("Worked at attempt 3");
	}

	@Test
	void overtimeIsInterruptedAndItsWorkerLives() {
		Set<Long> lab = this.page.workers("lab");
		this.page.run("OVERTIME");
		this.page.await("soft timeout", () -> {
			assertThat(this.page.badge("OVERTIME")).isEqualTo("Timed out");
			assertThat(this.page.outcomeText("OVERTIME")).contains("SOFT_TIMEOUT", "InterruptedException");
			assertThat(this.page.pid("OVERTIME")).isIn(lab);
		});
		assertThat(this.page.workers("lab")).contains(this.page.pid("OVERTIME"));
	}

	@Test
	void progressIsShownAndTheTaskCancelled() {
		this.page.run("STEADY");
		this.page.await("progress", () -> {
			assertThat(this.page.outcomeText("STEADY")).containsPattern("step \\d+ of 20");
			assertThat(this.page.outcome("STEADY").findElement(By.tagName("progress")).isDisplayed()).isTrue();
		});
		this.page.outcome("STEADY").findElement(By.className("cancel")).click();
		this.page.await("cancellation", () -> assertThat(this.page.badge("STEADY")).isEqualTo("Cancelled"));
	}

	@Test
	void namesAreShownAsText() throws IOException {
		String name = "<img src=x onerror=alert(1)>.png";
		this.page.upload(Files.writeString(this.directory.resolve(name), "no image"));
		this.page.await(name, () -> {
			assertThat(this.page.outcomeText(name)).contains("NotAnImageException", "'" + name + "' is not a");
			assertThat(this.page.card(name).getText()).contains(name);
		});
		assertThat(this.page.elements("img[src='x'], img[onerror]")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "390, 844", "768, 1024", "1400, 1000" })
	void nothingIsWiderThanTheScreen(int width, int height) {
		this.browser.resize(width, height);
		this.page.run("EXIT");
		this.page.await("failure", () -> assertThat(this.page.badge("EXIT")).isEqualTo("Crashed"));
		assertThat(this.page.evaluate("innerWidth")).isEqualTo((long) width);
		// The width without a scroll bar at the side.
		assertThat(this.page.evaluate("document.documentElement.scrollWidth"))
			.isEqualTo(this.page.evaluate("document.documentElement.clientWidth"));
	}

	/** But for the entries of lists, which make way for new ones inside their frames. */
	@Test
	void nothingJumpsWhileTasksFail() {
		this.page.run("CRASH");
		this.page.await("failure", () -> assertThat(this.page.badge("CRASH")).isEqualTo("Crashed"));
		awaitWorkers();
		Object jumped = this.browser.driver().executeAsyncScript("""
				const done = arguments[0];
				const pixels = ({ previousRect, currentRect }) => Math.abs(currentRect.y - previousRect.y);
				new PerformanceObserver((list) => done(list.getEntries()
					.flatMap((shift) => shift.sources)
					.filter(({ node }) => node && !node.parentElement?.closest('.scroller'))
					.filter((source) => pixels(source) > 4)
					.map((source) => source.node.outerHTML)
					.join()))
					.observe({ type: 'layout-shift', buffered: true });
				setTimeout(() => done(''), 500);
				""");
		assertThat(jumped).isEqualTo("");
	}

	private void awaitWorkers() {
		this.page.await("two workers each", () -> {
			assertThat(this.page.workers("taskQueue")).hasSize(2);
			assertThat(this.page.workers("lab")).hasSize(2);
		});
	}

	@Test
	void whatAWorkerHasRecordedIsShown() throws IOException {
		this.page.upload(image("recorded.png"));
		awaitThumbnail("recorded.png");
		this.page
			.await("row of the catalogue", () -> assertThat(this.page.newestRow()).contains("recorded.png", "900 × 450")
				.containsAnyOf(this.page.workers("taskQueue").stream().map(String::valueOf).toArray(String[]::new)));
	}

	private void awaitThumbnail(String name) {
		this.page.await(name, () -> {
			WebElement thumbnail = this.page.card(name).findElement(By.tagName("img"));
			assertThat(thumbnail.getDomProperty("naturalWidth")).isEqualTo("360");
		});
	}

	private Path image(String name) throws IOException {
		return Files.write(this.directory.resolve(name), TestImages.encode(TestImages.opaque(900, 450), "png"));
	}

}
