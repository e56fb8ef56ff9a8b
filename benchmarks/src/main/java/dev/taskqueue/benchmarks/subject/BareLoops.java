package dev.taskqueue.benchmarks.subject;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The same loops in bare JVMs, shared out beforehand: the most the machine can do.
 */
final class BareLoops implements Subject {

	private final List<BareJvm> jvms = new ArrayList<>();

	@Override
	public String version() {
		return System.getProperty("java.version");
	}

	@Override
	public void open(Arguments settings) throws IOException {
		for (int i = 0; i < settings.number("workers"); i++) {
			this.jvms.add(BareJvm.start(List.of(), Loops.class, CpuLoop.class));
		}
	}

	@Override
	public Map<String, Double> run(String drill, Arguments arguments) throws IOException {
		int tasks = arguments.number("tasks");
		String share = tasks / this.jvms.size() + " " + arguments.number("iterations");
		long begin = System.nanoTime();
		for (BareJvm jvm : this.jvms) {
			jvm.tell(share);
		}
		for (BareJvm jvm : this.jvms) {
			jvm.answer();
		}
		return Map.of("rate", tasks * 1e9 / (System.nanoTime() - begin));
	}

	@Override
	public void close() throws Exception {
		for (BareJvm jvm : this.jvms) {
			jvm.close();
		}
		this.jvms.clear();
	}

}
