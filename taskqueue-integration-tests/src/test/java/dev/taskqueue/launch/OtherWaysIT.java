package dev.taskqueue.launch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Started by the build, prepared ahead of time, and where no worker can be had.
 */
@DisabledOnOs(OS.WINDOWS)
class OtherWaysIT {

	private static final String POM = """
			<project>
				<modelVersion>4.0.0</modelVersion>
				<groupId>dev.taskqueue</groupId>
				<artifactId>run</artifactId>
				<version>1</version>
				<build>
					<plugins>
						<plugin>
							<artifactId>maven-compiler-plugin</artifactId>
							<version>%s</version>
						</plugin>
						<plugin>
							<artifactId>maven-resources-plugin</artifactId>
							<version>%s</version>
						</plugin>
						<plugin>
							<groupId>org.springframework.boot</groupId>
							<artifactId>spring-boot-maven-plugin</artifactId>
							<version>%s</version>
							<configuration>
								<mainClass>%s</mainClass>
								<additionalClasspathElements>%s</additionalClasspathElements>
							</configuration>
						</plugin>
					</plugins>
				</build>
			</project>
			""";

	@TempDir
	Path directory;

	/** The real plugin, on a project that has no more than the class path of this one. */
	@Test
	void runByTheBuild() throws Exception {
		Path maven = Path.of(System.getProperty("taskqueue.test.maven-home"), "bin", "mvn");
		assumeThat(maven).as("the Maven that runs this build").isExecutable();
		String elements = Stream.of(Application.classPath().split(File.pathSeparator, -1))
			.map((entry) -> "<element>" + entry + "</element>")
			.collect(Collectors.joining());
		Files.writeString(this.directory.resolve("pom.xml"),
				POM.formatted(System.getProperty("taskqueue.test.compiler-plugin"),
						System.getProperty("taskqueue.test.resources-plugin"),
						System.getProperty("taskqueue.test.spring-boot"), BootApplication.class.getName(), elements));
		// Offline, and whatever repository its plugins came from
		Application application = new Application(this.directory);
		Application.Run run = application.run(List.of(maven.toString(), "-B", "-o", "-Dmaven.legacyLocalRepo=true",
				"-Dmaven.repo.local=" + System.getProperty("taskqueue.test.repository"), "spring-boot:run",
				"-Dspring-boot.run.jvmArguments=-Djava.io.tmpdir=" + application.temporary()));
		assertThat(run.worker().get("class-path")).contains("taskqueue-core");
	}

	@Test
	void aheadOfTimeProcessingStartsNoWorker() throws Exception {
		Application.Run run = new Application(this.directory).java("-cp", Application.classPath(),
				"org.springframework.boot.SpringApplicationAotProcessor", BootApplication.class.getName(),
				this.directory.resolve("sources").toString(), this.directory.resolve("resources").toString(),
				this.directory.resolve("classes").toString(), "dev.taskqueue", "run");
		assertThat(run.exitCode()).as(run.text()).isZero();
		assertThat(run.text()).doesNotContain("is ready after");
		assertThat(this.directory.resolve("sources/dev/taskqueue/autoconfigure")).isNotEmptyDirectory();
	}

	@Test
	void nativeImageIsRefusedWithAnExplanation() throws Exception {
		Application.Run run = new Application(this.directory).java("-Dorg.graalvm.nativeimage.imagecode=runtime", "-cp",
				Application.classPath(), PlainApplication.class.getName());
		assertThat(run.exitCode()).isEqualTo(1);
		assertThat(run.text()).contains("QueueStartException", "native image", "taskqueue.mode=inline");
	}

}
