package dev.taskqueue.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.taskqueue.autoconfigure.worker.WorkerTaskQueuesAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** Spring Boot's habits, and what keeps optional libraries optional. */
@AnalyzeClasses(packages = { "dev.taskqueue.autoconfigure", "dev.taskqueue.annotation" },
		importOptions = DoNotIncludeTests.class)
class AutoConfigurationConventionsTests {

	@ArchTest
	static final ArchRule autoConfigurationsAreNamedSo = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.haveSimpleNameEndingWith("AutoConfiguration")
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.bePublic();

	@ArchTest
	static final ArchRule whatIsNamedSoIsAnAutoConfiguration = classes().that()
		.haveSimpleNameEndingWith("AutoConfiguration")
		.should()
		.beAnnotatedWith(AutoConfiguration.class);

	@ArchTest
	static final ArchRule beanMethodsAreOursAlone = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule onlyTheCoresApiIsUsed = noClasses().should()
		.dependOnClassesThat(resideInAPackage("dev.taskqueue..").and(resideInAnyPackage("dev.taskqueue.autoconfigure..",
				"dev.taskqueue.annotation", "dev.taskqueue", "dev.taskqueue.test")
			.negate()));

	@ArchTest
	static final ArchRule onlyTheEndpointNeedsActuator = noClasses().that()
		.haveNameNotMatching(".*\\.TaskQueueEndpoint.*")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.actuate..", "com.fasterxml.jackson..");

	@ArchTest
	static final ArchRule onlyTheMetricsNeedMicrometer = noClasses().that()
		.haveNameNotMatching(".*\\.(TaskQueueMetrics|TaskQueueObservation|observation\\.).*")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.micrometer..", "org.springframework.boot.micrometer..");

	@ArchTest
	static final ArchRule onlyTheHealthNeedsItsModule = noClasses().that()
		.haveNameNotMatching(".*\\.TaskQueueHealth.*")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.health..");

	@ArchTest
	static final ArchRule onlyOneClassNeedsTransactions = noClasses().that()
		.haveNameNotMatching(".*\\.AfterCommit.*")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.transaction..");

	@Test
	void everyAutoConfigurationIsInTheImportsFileAndExists() {
		List<String> imports = ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("dev.taskqueue."))
			.toList();
		assertThat(imports).containsExactlyInAnyOrder(NamedTaskQueuesAutoConfiguration.class.getName(),
				QueuedAutoConfiguration.class.getName(), WorkerTaskQueuesAutoConfiguration.class.getName(),
				TaskQueueAutoConfiguration.class.getName(), TaskQueueEndpointAutoConfiguration.class.getName(),
				TaskQueueHealthContributorAutoConfiguration.class.getName(),
				TaskQueueMetricsAutoConfiguration.class.getName(),
				TaskQueueObservationAutoConfiguration.class.getName());
	}

	@Test
	void everyClassThatOrdersUsByNameExists() {
		List<String> names = Stream
			.of(NamedTaskQueuesAutoConfiguration.class, QueuedAutoConfiguration.class,
					WorkerTaskQueuesAutoConfiguration.class, TaskQueueAutoConfiguration.class,
					TaskQueueEndpointAutoConfiguration.class, TaskQueueHealthContributorAutoConfiguration.class,
					TaskQueueMetricsAutoConfiguration.class, TaskQueueObservationAutoConfiguration.class)
			.map((type) -> AnnotatedElementUtils.findMergedAnnotation(type, AutoConfiguration.class))
			.flatMap((annotation) -> Stream.of(annotation.afterName(), annotation.beforeName()))
			.flatMap(Stream::of)
			.toList();
		assertThat(names).isNotEmpty().allSatisfy((name) -> assertThat(ClassUtils.isPresent(name, null)).isTrue());
	}

}
