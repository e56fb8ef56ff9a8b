"""What the workers of the Python peers run. A module of its own, so that spawned processes can import it."""

import time


def nothing():
    pass


def argument(data):
    pass


def stamp():
    """When it begins, on the monotonic clock that all processes share."""
    return time.monotonic_ns()


def spin(milliseconds):
    end = time.monotonic_ns() + milliseconds * 1_000_000
    while time.monotonic_ns() < end:
        pass
