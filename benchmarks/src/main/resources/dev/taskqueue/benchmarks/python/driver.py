"""
Drives one peer, on the other end of a pipe from the benchmarks. A request is a line: a word, then key=value words. An
answer is a line as well: "ok" and numbers, or "failed" and why. The end of standard input is the end.
"""

import importlib
import os
import platform
import sys
import traceback

import drills


def main():
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever else is printed must not be taken for an answer
    peer = importlib.import_module(sys.argv[1]).Peer()
    answers.write("ok version=%s python=%s\n" % (peer.version(), platform.python_version()))
    while True:
        line = sys.stdin.readline()
        if not line:
            break
        try:
            answers.write("ok %s\n" % answer(peer, line.split()))
        except Exception as error:
            traceback.print_exc()
            answers.write("failed %s: %s\n" % (type(error).__name__, " ".join(str(error).split())))
    peer.close()


def answer(peer, words):
    arguments = dict(word.split("=", 1) for word in words if "=" in word)
    if words[0] == "open":
        peer.open(arguments)
        return ""
    if words[0] == "close":
        peer.close()
        return ""
    numbers = getattr(drills, words[1])(peer, arguments)
    return " ".join("%s=%s" % (name, value) for name, value in numbers.items())


if __name__ == "__main__":
    main()
