"""pebble.ProcessPool"""

import importlib.metadata

import pebble


class Peer:

    def __init__(self):
        self.pool = None

    def version(self):
        return importlib.metadata.version("pebble")

    def open(self, arguments):
        self.pool = pebble.ProcessPool(max_workers=int(arguments["workers"]))

    def submit(self, function, *arguments):
        return self.pool.schedule(function, args=arguments)

    def result(self, pending):
        return pending.result()

    def close(self):
        if self.pool:
            self.pool.stop()
            self.pool.join()
            self.pool = None
