"""Celery with its prefork pool, and a Redis server of our own on a free port of the loopback interface"""

import gc
import importlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import celery
import redis


class Peer:

    def __init__(self):
        self.processes = []
        self.directory = None
        self.tasks = None

    def version(self):
        server = subprocess.run(["redis-server", "--version"], capture_output=True, text=True, check=True).stdout
        words = dict(word.split("=", 1) for word in server.split() if "=" in word)
        return "%s(redis-%s)" % (celery.__version__, words.get("v", "?"))

    def open(self, arguments):
        self.directory = tempfile.mkdtemp(prefix="taskqueue-benchmarks-redis-")
        port = free_port()
        self.start(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                    "--dir", self.directory, "--loglevel", "warning"])
        wait_for(lambda: answers(port), "Redis")
        os.environ["TASKQUEUE_BENCHMARKS_REDIS"] = "redis://127.0.0.1:%d/0" % port
        os.environ["C_FORCE_ROOT"] = "true"  # pickle as root: nobody else writes to this Redis
        # One worker that talks to no other: its best
        self.start([sys.executable, "-m", "celery", "-A", "celery_tasks", "worker", "--pool", "prefork",
                    "--concurrency", arguments["workers"], "--without-gossip", "--without-mingle",
                    "--without-heartbeat", "--loglevel", "WARNING"])
        sys.modules.pop("celery_tasks", None)
        self.tasks = importlib.import_module("celery_tasks")  # reads where Redis is
        self.tasks.nothing.delay().get(timeout=30)

    def submit(self, function, *arguments):
        return getattr(self.tasks, function.__name__).apply_async(arguments)

    def result(self, pending):
        return pending.get()

    def close(self):
        gc.collect()  # a result that is collected later looks for Redis, for twenty seconds
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []
        if self.directory:
            shutil.rmtree(self.directory, ignore_errors=True)
            self.directory = None

    def start(self, command):
        here = os.path.dirname(os.path.abspath(__file__))
        self.processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, cwd=here))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        return redis.Redis("127.0.0.1", port).ping()
    except redis.ConnectionError:
        return False


def wait_for(condition, what):
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise TimeoutError(what + " does not come up")
