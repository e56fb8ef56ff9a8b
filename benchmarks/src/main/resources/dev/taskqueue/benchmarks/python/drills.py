"""How a peer is measured. Each drill gets the peer and the request's arguments, and returns numbers by name."""

import time

import tasks


def throughput(peer, arguments):
    """Add tasks from this thread, one by one, and await all results."""
    count = int(arguments["tasks"])
    size = int(arguments.get("bytes", 0))
    if size:
        data = bytes(size)
        begin = time.perf_counter()
        pending = [peer.submit(tasks.argument, data) for _ in range(count)]
    else:
        begin = time.perf_counter()
        pending = [peer.submit(tasks.nothing) for _ in range(count)]
    for one in pending:
        peer.result(one)
    return {"rate": count / (time.perf_counter() - begin)}


def batches(peer, arguments):
    """The user batches: one call hands over everything, in chunks."""
    count = int(arguments["tasks"])
    begin = time.perf_counter()
    peer.batches(count, int(arguments["chunk"]))
    return {"rate": count / (time.perf_counter() - begin)}


def roundtrip(peer, arguments):
    """Add a task and await it, one after the other."""
    pause = int(arguments.get("pause", 0)) / 1e6
    times = []
    for _ in range(int(arguments["tasks"])):
        if pause:
            time.sleep(pause)
        begin = time.perf_counter_ns()
        peer.result(peer.submit(tasks.nothing))
        times.append(time.perf_counter_ns() - begin)
    return {"p50": percentile(times, 0.5) / 1e3, "p99": percentile(times, 0.99) / 1e3}


def beside(peer, arguments):
    """Long tasks, each amid short ones: how long the short ones waited."""
    waits = []
    for _ in range(int(arguments["tasks"])):
        added = []
        for _ in range(50):
            added.append(short(peer))
        long = peer.submit(tasks.spin, 100)
        for _ in range(20):
            added.append(short(peer))
        for _ in range(60):
            time.sleep(0.001)
            added.append(short(peer))
        waits.extend(peer.result(pending) - begin for begin, pending in added)
        peer.result(long)
    return {"p99.9": percentile(waits, 0.999) / 1e6}


def short(peer):
    return time.monotonic_ns(), peer.submit(tasks.stamp)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
