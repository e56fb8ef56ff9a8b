package dev.taskqueue.autoconfigure.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Keeps the sources of an application in its context, before the context is refreshed:
 * nobody can ask a context later what it was made from.
 */
final class ApplicationSourcesListener implements ApplicationListener<ApplicationPreparedEvent> {

	@Override
	public void onApplicationEvent(ApplicationPreparedEvent event) {
		SpringApplication application = event.getSpringApplication();
		event.getApplicationContext()
			.getBeanFactory()
			.registerSingleton(ApplicationSources.BEAN_NAME,
					new ApplicationSources(application.getAllSources(), application.getEnvironmentPrefix()));
	}

}
