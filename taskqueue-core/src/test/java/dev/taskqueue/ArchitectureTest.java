package dev.taskqueue;

import java.util.concurrent.CompletableFuture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The arrows between packages, and what the core may depend on.
 */
@AnalyzeClasses(packages = "dev.taskqueue", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

	private static final String API = "dev.taskqueue";

	private static final String POOL = "dev.taskqueue.pool..";

	private static final String WORKER = "dev.taskqueue.worker..";

	private static final String WIRE = "dev.taskqueue.wire..";

	private static final String[] OUTSIDE = { "java..", "org.slf4j..", "org.jspecify.." };

	@ArchTest
	static final ArchRule wireKnowsNothingOfOurs = noClasses().that()
		.resideInAPackage(WIRE)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(API, POOL, WORKER, "dev.taskqueue.test..");

	@ArchTest
	static final ArchRule workerKnowsWireAndApiOnly = noClasses().that()
		.resideInAPackage(WORKER)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(POOL, "dev.taskqueue.test..");

	/**
	 * An attempt in the calling thread is the one exception: it is a worker's work in
	 * another place, and must not be another program.
	 */
	@ArchTest
	static final ArchRule poolKnowsWireAndApiOnly = noClasses().that()
		.resideInAPackage(POOL)
		.and()
		.doNotHaveSimpleName("InlineAttempt")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(WORKER);

	@ArchTest
	static final ArchRule inlineAttemptsCallATaskAsAWorkerDoesAndKnowNothingElseOfIt = noClasses().that()
		.haveSimpleName("InlineAttempt")
		.should()
		.dependOnClassesThat(resideInAPackage(WORKER).and(not(simpleName("TaskCall"))));

	@ArchTest
	static final ArchRule whatTestsNeedIsApi = noClasses().that()
		.resideInAPackage("dev.taskqueue.test..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(POOL, WORKER, WIRE);

	@ArchTest
	static final ArchRule apiKnowsNothingOfOurs = noClasses().that()
		.resideInAPackage(API)
		.and()
		.doNotHaveSimpleName("TaskQueueBuilder")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(POOL, WORKER, WIRE);

	@ArchTest
	static final ArchRule theBuilderKnowsThePoolOnly = noClasses().that()
		.haveFullyQualifiedName("dev.taskqueue.TaskQueueBuilder")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(WORKER, WIRE);

	@ArchTest
	static final ArchRule coreDependsOnTheJdkSlf4jAndJspecify = classes().that()
		.resideInAPackage("dev.taskqueue..")
		.and()
		.doNotHaveSimpleName("LogbackSink")
		.and()
		.haveNameNotMatching(".*\\.(Log4j|Signals)[^.]*")
		.and()
		.doNotHaveSimpleName("WorkerFlags")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("dev.taskqueue..", OUTSIDE[0], OUTSIDE[1], OUTSIDE[2]);

	@ArchTest
	static final ArchRule onlyTheSinkKnowsLogback = classes().that()
		.haveSimpleName("LogbackSink")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("dev.taskqueue..", OUTSIDE[0], OUTSIDE[1], OUTSIDE[2], "ch.qos.logback..");

	@ArchTest
	static final ArchRule onlyItsAdaptersKnowLog4j = classes().that()
		.haveNameMatching(".*\\.Log4j[^.]*")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("dev.taskqueue..", OUTSIDE[0], OUTSIDE[1], OUTSIDE[2], "org.apache.logging.log4j..");

	@ArchTest
	static final ArchRule workersDoNotNeedLog4jsCore = noClasses().that()
		.resideInAPackage(WORKER)
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.apache.logging.log4j.core..");

	@ArchTest
	static final ArchRule onlyTheFlagsAskTheOperatingSystem = classes().that()
		.haveSimpleName("WorkerFlags")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("dev.taskqueue..", OUTSIDE[0], OUTSIDE[1], OUTSIDE[2], "com.sun.management");

	@ArchTest
	static final ArchRule nothingRunsOnTheCommonPool = noClasses().should()
		.callCodeUnitWhere(new DescribedPredicate<JavaCall<?>>("an async method without an executor") {

			@Override
			public boolean test(JavaCall<?> call) {
				return call.getTargetOwner().isEquivalentTo(CompletableFuture.class)
						&& call.getTarget().getName().endsWith("Async")
						&& call.getTarget()
							.getRawParameterTypes()
							.stream()
							.noneMatch((type) -> type.isEquivalentTo(java.util.concurrent.Executor.class));
			}

		})
		.orShould()
		.callMethod(java.util.concurrent.ForkJoinPool.class, "commonPool");

}
