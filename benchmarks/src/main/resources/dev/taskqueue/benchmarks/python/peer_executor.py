"""concurrent.futures.ProcessPoolExecutor"""

import concurrent.futures


class Peer:

    def __init__(self):
        self.executor = None

    def version(self):
        return "standard-library"

    def open(self, arguments):
        self.executor = concurrent.futures.ProcessPoolExecutor(int(arguments["workers"]))

    def submit(self, function, *arguments):
        return self.executor.submit(function, *arguments)

    def result(self, pending):
        return pending.result()

    def close(self):
        if self.executor:
            self.executor.shutdown()
            self.executor = None
