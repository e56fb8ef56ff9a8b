package dev.taskqueue.autoconfigure;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.taskqueue.LaunchMode;
import dev.taskqueue.QueueMode;
import dev.taskqueue.TaskState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the auto-configured {@link dev.taskqueue.TaskQueue}. The comment of
 * each field is its description in editors.
 * <p>
 * A mutable bean, so that the settings of one queue can be bound over those of another.
 * Its values are checked by the queue's own builder when the queue is built.
 */
@ConfigurationProperties("taskqueue")
public class TaskQueueProperties {

	/**
	 * Whether a task queue is configured at all.
	 */
	private boolean enabled = true;

	/**
	 * Whether worker processes start with the application context. If not, tasks wait
	 * until TaskQueue#start is called.
	 */
	private boolean autoStartup = true;

	/**
	 * Where tasks run: in worker processes, or in the thread that adds them, without any
	 * process, for tests.
	 */
	private QueueMode mode = QueueMode.PROCESS;

	/**
	 * Number of worker processes. Default: the available processors.
	 */
	private @Nullable Integer workerCount;

	/**
	 * Number of tasks a worker process serves before a fresh one takes its place. 0 for
	 * no limit.
	 */
	private int requestsPerWorker = 0;

	/**
	 * How long tasks may finish at shutdown before their worker processes are killed.
	 */
	private Duration terminateTimeout = Duration.ofSeconds(5);

	/**
	 * Number of tasks that may wait before a further one is refused. 0 for no limit.
	 */
	private int capacity = 0;

	/**
	 * Largest serialized task or result, from 1 byte to 1 GB.
	 */
	private DataSize maxPayload = DataSize.ofMegabytes(64);

	/**
	 * Classes the application deserializes from results, besides value types,
	 * collections, the package of the task and the declared type of the result. A pattern
	 * as for the JVM's jdk.serialFilter, such as 'com.acme.model.**'. Default: the
	 * application's own packages.
	 */
	private @Nullable String resultFilter;

	private final Task task = new Task();

	private final Worker worker = new Worker();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	public QueueMode getMode() {
		return this.mode;
	}

	public void setMode(QueueMode mode) {
		this.mode = mode;
	}

	public @Nullable Integer getWorkerCount() {
		return this.workerCount;
	}

	public void setWorkerCount(@Nullable Integer workerCount) {
		this.workerCount = workerCount;
	}

	public int getRequestsPerWorker() {
		return this.requestsPerWorker;
	}

	public void setRequestsPerWorker(int requestsPerWorker) {
		this.requestsPerWorker = requestsPerWorker;
	}

	public Duration getTerminateTimeout() {
		return this.terminateTimeout;
	}

	public void setTerminateTimeout(Duration terminateTimeout) {
		this.terminateTimeout = terminateTimeout;
	}

	public int getCapacity() {
		return this.capacity;
	}

	public void setCapacity(int capacity) {
		this.capacity = capacity;
	}

	public DataSize getMaxPayload() {
		return this.maxPayload;
	}

	public void setMaxPayload(DataSize maxPayload) {
		this.maxPayload = maxPayload;
	}

	public @Nullable String getResultFilter() {
		return this.resultFilter;
	}

	public void setResultFilter(@Nullable String resultFilter) {
		this.resultFilter = resultFilter;
	}

	public Task getTask() {
		return this.task;
	}

	public Worker getWorker() {
		return this.worker;
	}

	/**
	 * What tasks inherit whose own options do not say otherwise.
	 */
	public static class Task {

		/**
		 * How long a task may run before its worker process is killed. Default: no limit.
		 */
		private @Nullable Duration timeout;

		/**
		 * How long a task may run before its thread is interrupted. Default: no limit.
		 */
		private @Nullable Duration softTimeout;

		/**
		 * How long an interrupted task may take to end before its worker process is
		 * killed. Default: 5s.
		 */
		private @Nullable Duration grace;

		/**
		 * How long a task may wait for a worker process before it is given up. Default:
		 * no limit.
		 */
		private @Nullable Duration queueTimeout;

		/**
		 * How often a task may be attempted. Default: 1, so never twice.
		 */
		private @Nullable Integer maxAttempts;

		/**
		 * How long to wait before the second attempt; doubles from attempt to attempt.
		 * Default: 1s.
		 */
		private @Nullable Duration backoff;

		/**
		 * After which ends of an attempt another one follows. Default: failed, timed-out
		 * and crashed.
		 */
		private @Nullable Set<TaskState> retryOn;

		public @Nullable Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(@Nullable Duration timeout) {
			this.timeout = timeout;
		}

		public @Nullable Duration getSoftTimeout() {
			return this.softTimeout;
		}

		public void setSoftTimeout(@Nullable Duration softTimeout) {
			this.softTimeout = softTimeout;
		}

		public @Nullable Duration getGrace() {
			return this.grace;
		}

		public void setGrace(@Nullable Duration grace) {
			this.grace = grace;
		}

		public @Nullable Integer getMaxAttempts() {
			return this.maxAttempts;
		}

		public void setMaxAttempts(@Nullable Integer maxAttempts) {
			this.maxAttempts = maxAttempts;
		}

		public @Nullable Duration getBackoff() {
			return this.backoff;
		}

		public void setBackoff(@Nullable Duration backoff) {
			this.backoff = backoff;
		}

		public @Nullable Set<TaskState> getRetryOn() {
			return this.retryOn;
		}

		public void setRetryOn(@Nullable Set<TaskState> retryOn) {
			this.retryOn = retryOn;
		}

		public @Nullable Duration getQueueTimeout() {
			return this.queueTimeout;
		}

		public void setQueueTimeout(@Nullable Duration queueTimeout) {
			this.queueTimeout = queueTimeout;
		}

	}

	/**
	 * How worker processes are launched.
	 */
	public static class Worker {

		/**
		 * Home directory of the Java installation that runs worker processes. Default:
		 * the application's own.
		 */
		private @Nullable File javaHome;

		/**
		 * Further JVM arguments of worker processes, one list element each. They win over
		 * TaskQueue's own. An argument that contains a comma must be written as an
		 * element of its own, such as 'jvm-args[0]'.
		 */
		private List<String> jvmArgs = new ArrayList<>();

		/**
		 * Largest heap of a worker process, at least 8 MB. Default: what the machine's or
		 * container's memory leaves beside the application's own heap, divided by the
		 * number of processes.
		 */
		private @Nullable DataSize maxHeap;

		/**
		 * Resident memory over which a worker process is replaced after its task, and by
		 * half over which it is killed, at least 32 MB. Default: no limit.
		 */
		private @Nullable DataSize maxMemory;

		/**
		 * Age at which a worker process is replaced after its task. Default: no limit.
		 */
		private @Nullable Duration maxAge;

		/**
		 * How long a worker process may take from its launch until it is ready.
		 */
		private Duration startupTimeout = Duration.ofSeconds(60);

		/**
		 * Environment variables of worker processes, over those inherited from the
		 * application. A name with an underscore must be written in brackets, such as
		 * 'environment.[MY_NAME]'.
		 */
		private Map<String, String> environment = new LinkedHashMap<>();

		/**
		 * System properties of worker processes. Handed over privately, not on the
		 * command line.
		 */
		private Map<String, String> systemProperties = new LinkedHashMap<>();

		/**
		 * Class path of worker processes, its entries joined by the operating system's
		 * path separator. Default: the application's own.
		 */
		private @Nullable String classPath;

		/**
		 * Words before 'java' on the command line of worker processes, such as
		 * 'nice,-n,10'.
		 */
		private List<String> commandPrefix = new ArrayList<>();

		/**
		 * How worker processes get at what is nested in an executable jar or war: as
		 * copies on a class path, or by the archive's own loader.
		 */
		private LaunchMode launchMode = LaunchMode.AUTO;

		/**
		 * Whether the classes worker processes load at their start are prepared once and
		 * kept in the cache directory, so that further worker processes start faster.
		 */
		private boolean classArchive = true;

		/**
		 * Where copies of nested libraries and prepared classes are kept. Default:
		 * 'taskqueue' in $XDG_CACHE_HOME or '~/.cache'.
		 */
		private @Nullable File cacheDirectory;

		private final Spring spring = new Spring();

		public @Nullable File getJavaHome() {
			return this.javaHome;
		}

		public void setJavaHome(@Nullable File javaHome) {
			this.javaHome = javaHome;
		}

		public List<String> getJvmArgs() {
			return this.jvmArgs;
		}

		public void setJvmArgs(List<String> jvmArgs) {
			this.jvmArgs = jvmArgs;
		}

		public @Nullable DataSize getMaxHeap() {
			return this.maxHeap;
		}

		public void setMaxHeap(@Nullable DataSize maxHeap) {
			this.maxHeap = maxHeap;
		}

		public @Nullable DataSize getMaxMemory() {
			return this.maxMemory;
		}

		public void setMaxMemory(@Nullable DataSize maxMemory) {
			this.maxMemory = maxMemory;
		}

		public @Nullable Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(@Nullable Duration maxAge) {
			this.maxAge = maxAge;
		}

		public Duration getStartupTimeout() {
			return this.startupTimeout;
		}

		public void setStartupTimeout(Duration startupTimeout) {
			this.startupTimeout = startupTimeout;
		}

		public Map<String, String> getEnvironment() {
			return this.environment;
		}

		public void setEnvironment(Map<String, String> environment) {
			this.environment = environment;
		}

		public Map<String, String> getSystemProperties() {
			return this.systemProperties;
		}

		public void setSystemProperties(Map<String, String> systemProperties) {
			this.systemProperties = systemProperties;
		}

		public @Nullable String getClassPath() {
			return this.classPath;
		}

		public void setClassPath(@Nullable String classPath) {
			this.classPath = classPath;
		}

		public LaunchMode getLaunchMode() {
			return this.launchMode;
		}

		public void setLaunchMode(LaunchMode launchMode) {
			this.launchMode = launchMode;
		}

		public boolean isClassArchive() {
			return this.classArchive;
		}

		public void setClassArchive(boolean classArchive) {
			this.classArchive = classArchive;
		}

		public @Nullable File getCacheDirectory() {
			return this.cacheDirectory;
		}

		public void setCacheDirectory(@Nullable File cacheDirectory) {
			this.cacheDirectory = cacheDirectory;
		}

		public List<String> getCommandPrefix() {
			return this.commandPrefix;
		}

		public void setCommandPrefix(List<String> commandPrefix) {
			this.commandPrefix = commandPrefix;
		}

		public Spring getSpring() {
			return this.spring;
		}

	}

	/**
	 * The application's beans in worker processes.
	 */
	public static class Spring {

		/**
		 * Whether worker processes have an application context of their own, so that
		 * tasks can use beans.
		 */
		private boolean enabled = false;

		/**
		 * Classes that the context of worker processes is made from. Default: the
		 * application's own sources.
		 */
		private List<String> sources = new ArrayList<>();

		/**
		 * Whether beans of worker processes are made when a task needs them, instead of
		 * all at their start.
		 */
		private boolean lazy = true;

		/**
		 * Properties of worker processes. They win over all others, such as those that
		 * keep pools small.
		 */
		private Map<String, String> properties = new LinkedHashMap<>();

		/**
		 * Names of the life-cycle beans that start in worker processes. No other does.
		 */
		private List<String> start = new ArrayList<>();

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public List<String> getSources() {
			return this.sources;
		}

		public void setSources(List<String> sources) {
			this.sources = sources;
		}

		public boolean isLazy() {
			return this.lazy;
		}

		public void setLazy(boolean lazy) {
			this.lazy = lazy;
		}

		public Map<String, String> getProperties() {
			return this.properties;
		}

		public void setProperties(Map<String, String> properties) {
			this.properties = properties;
		}

		public List<String> getStart() {
			return this.start;
		}

		public void setStart(List<String> start) {
			this.start = start;
		}

	}

}
