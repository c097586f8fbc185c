"""Waiting for signals: of the person who ends a run, and of children that end by themselves."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = frozenset({signal.SIGTERM, signal.SIGINT})
WATCHED = (*sorted(ENDING), signal.SIGCHLD)


class Signals:
    """Signals that came, read from a pipe: nothing happens inside a handler."""

    def __init__(self, reading: int) -> None:
        self._reading = reading
        self.endings = 0

    def wait(self, timeout_s: float) -> None:
        """Return when a signal came or the time is over. `endings` counts the requests to end so far."""
        ready, _, _ = select.select([self._reading], [], [], max(0.0, timeout_s))
        if ready:
            self.endings += sum(1 for number in os.read(self._reading, 512) if number in ENDING)


@contextmanager
def watched_signals() -> Iterator[Signals]:
    """SIGTERM, SIGINT and SIGCHLD as readable events, until the block ends. Main thread only."""
    reading, writing = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    before = {number: signal.signal(number, lambda *_: None) for number in WATCHED}
    before_fd = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield Signals(reading)
    finally:
        signal.set_wakeup_fd(before_fd)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reading)
        os.close(writing)
