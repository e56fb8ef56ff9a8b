package dev.taskqueue.sample.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page as a person uses it: what one can click on, and what one can see.
 */
final class SamplePage {

	private final ChromeDriver driver;

	SamplePage(ChromeDriver driver) {
		this.driver = driver;
	}

	void open(int port) {
		this.driver.get("http://127.0.0.1:" + port + "/");
	}

	/** Begins an experiment, and returns once the page has an entry of it. */
	void run(String experiment) {
		String entries = ".outcome[data-task='%s']".formatted(experiment);
		int before = elements(entries).size();
		element("button[data-run='%s']".formatted(experiment)).click();
		await("entry of " + experiment, () -> assertThat(elements(entries)).hasSize(before + 1));
	}

	void submitBomb() {
		element("button[data-post='/api/bomb']").click();
	}

	void upload(Path file) {
		element("#files").sendKeys(file.toString());
	}

	/** The latest entry of an experiment, or of an image that failed. */
	WebElement outcome(String task) {
		return elements(".outcome").stream()
			.filter((outcome) -> task.equals(outcome.getDomAttribute("data-task")))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No entry of " + task));
	}

	/** What the latest entry says, with all that is folded away. */
	String outcomeText(String task) {
		return String.valueOf(outcome(task).getDomProperty("textContent"));
	}

	String badge(String task) {
		return outcome(task).findElement(By.cssSelector(".badge")).getText();
	}

	long pid(String task) {
		String pid = outcome(task).findElement(By.cssSelector(".outcome-where")).getDomAttribute("data-pid");
		if (pid == null) {
			throw new AssertionError("No process is named: " + outcomeText(task));
		}
		return Long.parseLong(pid);
	}

	/** The newest card of an image. */
	WebElement card(String name) {
		return elements(".card").stream()
			.filter((card) -> card.findElement(By.cssSelector(".card-name")).getText().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No card of " + name));
	}

	/** What was recorded last. */
	String newestRow() {
		return element("#catalogue tr").getText();
	}

	/** The processes of a queue that could take a task, as the page shows them. */
	Set<Long> workers(String queue) {
		return elements(".queue[data-queue='%s'] .worker:is([data-state='IDLE'], [data-state='BUSY'])".formatted(queue))
			.stream()
			.map((worker) -> Long.valueOf(String.valueOf(worker.getDomAttribute("data-pid"))))
			.collect(Collectors.toSet());
	}

	Object evaluate(String script) {
		return Objects.requireNonNull(this.driver.executeScript("return " + script));
	}

	/** Waits until something can be seen; the page may change while one looks. */
	void await(String what, ThrowingRunnable assertion) {
		patience(what).ignoreExceptionsInstanceOf(WebDriverException.class).untilAsserted(assertion);
	}

	private static ConditionFactory patience(String what) {
		return Awaitility.await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(150));
	}

	private WebElement element(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	List<WebElement> elements(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

}
