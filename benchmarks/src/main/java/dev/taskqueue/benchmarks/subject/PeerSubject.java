package dev.taskqueue.benchmarks.subject;

import java.util.Map;

/**
 * A peer in this JVM, for the drills all peers know.
 */
final class PeerSubject implements Subject {

	private final Peer peer;

	PeerSubject(Peer peer) {
		this.peer = peer;
	}

	@Override
	public String version() {
		return this.peer.version();
	}

	@Override
	public void open(Arguments settings) throws Exception {
		this.peer.open(settings);
	}

	@Override
	public Map<String, Double> run(String drill, Arguments arguments) throws Exception {
		return PeerDrills.run(this.peer, drill, arguments);
	}

	@Override
	public void close() throws Exception {
		this.peer.close();
	}

}
