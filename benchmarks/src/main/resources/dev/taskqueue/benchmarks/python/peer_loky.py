"""loky, as joblib brings it"""

import joblib
from joblib.externals import loky


class Peer:

    def __init__(self):
        self.executor = None

    def version(self):
        return "%s(joblib-%s)" % (loky.__version__, joblib.__version__)

    def open(self, arguments):
        self.executor = loky.ProcessPoolExecutor(int(arguments["workers"]))

    def submit(self, function, *arguments):
        return self.executor.submit(function, *arguments)

    def result(self, pending):
        return pending.result()

    def close(self):
        if self.executor:
            self.executor.shutdown(kill_workers=True)
            self.executor = None
