package dev.taskqueue.beans;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * All that begins by itself.
 */
@Component
class Beginnings implements SmartLifecycle {

	private final Journal journal;

	private volatile boolean running;

	Beginnings(Journal journal) {
		this.journal = journal;
	}

	@Scheduled(fixedRate = 50)
	void scheduled() {
		this.journal.write("scheduled");
	}

	@EventListener
	void refreshed(ContextRefreshedEvent event) {
		this.journal.write("refreshed");
	}

	@EventListener
	void started(ApplicationStartedEvent event) {
		this.journal.write("started");
	}

	@EventListener
	void ready(ApplicationReadyEvent event) {
		this.journal.write("ready");
	}

	@EventListener
	void webServer(WebServerInitializedEvent event) {
		this.journal.write("web server");
		this.journal.write("port " + event.getWebServer().getPort());
	}

	@Override
	public void start() {
		this.running = true;
		this.journal.write("life cycle");
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** So that a task has this bean made in its worker. */
	long pid() {
		return ProcessHandle.current().pid();
	}

}
