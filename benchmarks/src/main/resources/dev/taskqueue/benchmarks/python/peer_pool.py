"""multiprocessing.Pool"""

import multiprocessing

import tasks


class Peer:

    def __init__(self):
        self.pool = None

    def version(self):
        return "standard-library"

    def open(self, arguments):
        context = multiprocessing.get_context(arguments.get("method", "fork"))
        recycle = int(arguments.get("recycle", 0)) or None
        self.pool = context.Pool(int(arguments["workers"]), maxtasksperchild=recycle)

    def submit(self, function, *arguments):
        return self.pool.apply_async(function, arguments)

    def result(self, pending):
        return pending.get()

    def batches(self, count, chunk):
        self.pool.starmap(tasks.nothing, [()] * count, chunksize=chunk)

    def close(self):
        if self.pool:
            self.pool.terminate()
            self.pool.join()
            self.pool = None
