"""One child process: how it is started, that it never outlives us, and how long to wait before trying again."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 10.0
SETTLED_S = 30.0
"""A child that lived so long was well: its next end is counted as the first."""

_PR_SET_PDEATHSIG = 1  # prctl(2)


@dataclass(frozen=True, slots=True)
class ChildPlan:
    """What to run.

    Args:
        name: as shown to people: "web".
        arguments: the command line.
        env: the whole environment.
        handed: file descriptors it inherits.
    """

    name: str
    arguments: tuple[str, ...]
    env: Mapping[str, str]
    handed: tuple[int, ...] = ()


@dataclass(slots=True)
class Child:
    """A child being kept alive. Times are of one steady clock, in seconds."""

    plan: ChildPlan
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    start_again_at: float = field(default=0.0)

    def start(self, now: float, stdout: int | None = None) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches only us and we end it in order."""
        self.started_at = now
        self.process = subprocess.Popen(  # noqa: S603 - our own command line
            self.plan.arguments,
            env=dict(self.plan.env),
            pass_fds=self.plan.handed,
            process_group=0,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            preexec_fn=_end_with_parent(),
        )

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def note_end(self, now: float) -> tuple[str, float]:
        """Count an unwanted end: how it ended, in words, and the pause before the next start, in seconds."""
        self.failures = 1 if now - self.started_at >= SETTLED_S else self.failures + 1
        pause = pause_s(self.failures)
        how = ended_how(self.process.returncode if self.process else 0)
        self.process, self.start_again_at = None, now + pause
        return how, pause

    def signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.is_alive and self.process is not None:
            self.process.send_signal(number)


def pause_s(failures: int) -> float:
    """Seconds before start number `failures` + 1: 0.2, 0.4, 0.8 … 10."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * float(1 << min(failures - 1, 10)))


def ended_how(code: int) -> str:
    """A child's end in words: "ended with code 3", "was ended by SIGKILL"."""
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def _end_with_parent() -> Callable[[], None] | None:
    """Linux: ask the kernel to end the child when we die without a word, so that no half newsroom stays behind."""
    if not sys.platform.startswith("linux"):
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it died between fork and here
            os.kill(os.getpid(), signal.SIGTERM)

    return ask
