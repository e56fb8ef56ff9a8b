package dev.taskqueue.sample.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Debian's Chromium without a window, with a profile of its own. Closing ends it and its
 * driver, and removes the profile. Both programs are named by their paths, so that
 * Selenium downloads neither.
 */
final class Browser implements AutoCloseable {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private final Path profile;

	private final ChromeDriverService service;

	private final ChromeDriver driver;

	private Browser() throws IOException {
		this.profile = Files.createTempDirectory("sample-browser");
		this.service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile())
			.usingAnyFreePort()
			.build();
		ChromeOptions options = new ChromeOptions();
		options.setBinary(CHROMIUM.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-background-networking",
				"--disable-component-update", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
				"--window-size=1400,1000", "--user-data-dir=" + this.profile);
		options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
		this.driver = new ChromeDriver(this.service, options);
	}

	/** Starts it, or skips the test and says what is missing. */
	static Browser start() throws IOException {
		assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
				"No browser: %s and %s come with the Debian packages chromium and chromium-driver".formatted(CHROMIUM,
						DRIVER));
		return new Browser();
	}

	ChromeDriver driver() {
		return this.driver;
	}

	/** Makes the page as wide as a telephone's or a desk's screen. */
	void resize(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	/** Fails if the page has complained since somebody looked last. */
	void assertQuietConsole() {
		assertThat(this.driver.manage().logs().get(LogType.BROWSER).getAll())
			.filteredOn((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.extracting(LogEntry::getMessage)
			.isEmpty();
	}

	@Override
	public void close() throws IOException {
		List<ProcessHandle> processes = ProcessHandle.current()
			.descendants()
			.filter((process) -> process.info().command().orElse("").contains("chrom"))
			.toList();
		try {
			this.driver.quit();
		}
		finally {
			this.service.stop();
			processes.forEach(ProcessHandle::destroyForcibly);
			// A browser that still runs would write to its profile.
			processes.forEach((process) -> process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
			FileSystemUtils.deleteRecursively(this.profile);
		}
	}

}
