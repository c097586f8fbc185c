"""Keeps the children of one run alive, and ends them in order.

Promises:
- a child that ends unasked is started again, after a pause that doubles from 0.2 to 10 seconds;
- on SIGTERM or SIGINT all children are asked to end and have until `ENDING_S` to finish what they do; then they are
  killed, which is said. A second signal changes nothing: `timeout` and `make` send two where one was meant;
- this process loads neither Django nor a server.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterable

from dateline.config.running.children import Child
from dateline.config.running.signals import Signals

ENDING_S = 4.5
_LONG_S = 60.0

Say = Callable[[str], None]


class Supervisor:
    """Starts children and keeps them.

    Args:
        signals: where requests to end come from.
        say: tells one line to the person who runs this.
        clock: steady seconds.
    """

    def __init__(self, signals: Signals, say: Say, clock: Callable[[], float] = time.monotonic) -> None:
        self._signals = signals
        self._say = say
        self._clock = clock
        self._children: list[Child] = []

    @property
    def is_ending(self) -> bool:
        """Somebody asked the run to end."""
        return self._signals.endings > 0

    def start(self, child: Child) -> Child:
        """Start a child and keep it from now on."""
        child.start(self._clock())
        self._children.append(child)
        return child

    def wait_for(self, is_so: Callable[[], bool], timeout_s: float, look_every_s: float = _LONG_S) -> bool:
        """Keep the children until something is so; False when time is over or the run is to end.

        Args:
            is_so: asked after each signal, and each `look_every_s`.
            timeout_s: at most.
            look_every_s: for what no signal announces.
        """
        deadline = self._clock() + timeout_s
        while not self.is_ending:
            if is_so():
                return True
            left = deadline - self._clock()
            if left <= 0:
                return False
            self._signals.wait(min(left, look_every_s, self._mend()))
        return False

    def keep(self) -> None:
        """Keep the children until the run is to end."""
        while not self.is_ending:
            self._signals.wait(self._mend())

    def end(self) -> bool:
        """End all children; True when each ended by itself in time."""
        self._signal_all(signal.SIGTERM)
        deadline = self._clock() + ENDING_S
        while self._alive() and self._clock() < deadline:
            self._signals.wait(min(0.5, deadline - self._clock()))
        late = self._alive()
        for child in late:
            self._say(f"The {child.plan.name} process did not end in time and was killed.")
        self._signal_all(signal.SIGKILL)
        self._reap(late)
        return not late

    def _mend(self) -> float:
        """Note ends, start again what is due; seconds until something may be due."""
        now, soonest = self._clock(), _LONG_S
        for child in self._children:
            if child.process is not None and not child.is_alive:
                how, pause = child.note_end(now)
                self._say(f"The {child.plan.name} process {how}; it is started again in {pause:.1f} s.")
            if child.process is None:
                if child.start_again_at <= now:
                    child.start(now)
                else:
                    soonest = min(soonest, child.start_again_at - now)
        return soonest

    def _alive(self) -> list[Child]:
        return [child for child in self._children if child.is_alive]

    def _signal_all(self, number: int) -> None:
        for child in self._children:
            child.signal(number)

    def _reap(self, children: Iterable[Child]) -> None:
        for child in children:
            if child.process is not None:
                child.process.wait()
