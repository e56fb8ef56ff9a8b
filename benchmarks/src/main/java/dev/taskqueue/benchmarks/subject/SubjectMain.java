package dev.taskqueue.benchmarks.subject;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * A JVM with one subject in it, on the other end of a pipe from the benchmarks. A request
 * is a line: {@code open}, {@code run} with a drill, or {@code close}, then
 * {@code key=value} words. An answer is a line as well: {@code ok} and numbers, or
 * {@code failed} and why. The end of standard input is the end. The drivers of the Python
 * peers speak the same.
 */
public final class SubjectMain {

	private SubjectMain() {
	}

	/**
	 * Serve requests until there are no more.
	 * @param arguments the name of the subject
	 */
	public static void main(String[] arguments) throws Exception {
		PrintStream answers = System.out;
		System.setOut(System.err); // whatever else is printed must not be taken for an
									// answer
		Subject subject = subject(arguments[0]);
		answers.println("ok version=" + subject.version());
		BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String request = requests.readLine(); request != null; request = requests.readLine()) {
			answers.println(answer(subject, request));
		}
		subject.close();
		System.exit(0); // some leave threads behind
	}

	private static Subject subject(String name) {
		return switch (name) {
			case "taskqueue" -> new TaskQueueSubject();
			case "threads" -> new PeerSubject(new ThreadPoolPeer());
			case "jobrunr" -> new PeerSubject(new JobRunrPeer());
			case "db-scheduler" -> new PeerSubject(new DbSchedulerPeer());
			case "shop" -> new ShopSubject();
			case "bare-loops" -> new BareLoops();
			case "bare-starts" -> new BareStarts();
			default -> throw new IllegalArgumentException("No subject is called " + name);
		};
	}

	private static String answer(Subject subject, String request) {
		Arguments arguments = Arguments.parse(request);
		String[] words = request.split(" ", -1);
		try {
			switch (words[0]) {
				case "open" -> subject.open(arguments);
				case "close" -> subject.close();
				default -> {
					return "ok " + subject.run(words[1], arguments)
						.entrySet()
						.stream()
						.map((entry) -> entry.getKey() + "=" + entry.getValue())
						.collect(Collectors.joining(" "));
				}
			}
			return "ok";
		}
		catch (Exception ex) {
			ex.printStackTrace();
			return "failed " + ex.toString().replaceAll("\\s+", " ");
		}
	}

}
