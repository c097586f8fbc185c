"""The press at work: one at a time for a tree, woken by a nudge, done when told.

`python -m dateline.press.worker` runs it beside the web process; commands press for themselves when no worker runs.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Final

from django.conf import settings
from django.db import close_old_connections

from dateline.press.everything import press_everything
from dateline.press.nudge import listening, nudge, socket_path
from dateline.press.placing import Tree
from dateline.press.pressing import Pressed, catch_up, progress
from dateline.story import register
from dateline.story.actions.lift import release_due

PATIENCE_S: Final = 0.5
"""How long the worker sleeps without a nudge; so an embargo's end and a lost nudge wait at most this long."""

SETTLE_S: Final = 60
"""How long a command waits for the worker to show its act."""


def public() -> Path:
    return Path(settings.DATELINE_DATA) / "public"


@contextmanager
def only_press() -> Iterator[None]:
    """Wait until no other process presses this newsroom."""
    with (Path(settings.DATELINE_DATA) / "press.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def press_now() -> Pressed:
    """Bring `public/` up to the register's end, here and now."""
    with only_press(), Tree(public()) as tree:
        return catch_up(tree, lambda: press_everything(public()))


def settle() -> bool:
    """Wait until `public/` shows every act: by the worker where one runs, by pressing here where none does.

    Returns:
        False where the worker has not come that far within `SETTLE_S`; it goes on by itself.
    """
    if not nudge():
        press_now()
        return True
    wanted, deadline = register.last_seq(), time.monotonic() + SETTLE_S
    while progress().seq < wanted:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def work() -> None:
    """Press and release what is due until SIGTERM or SIGINT; the round at hand is finished first."""
    told = _Told()
    nudges = listening()
    try:
        seen = -1
        while not told.to_stop:
            release_due(datetime.now(UTC))
            last = register.last_seq()
            if last != seen:
                press_now()
                seen = last
            else:
                _sleep(nudges, told.wakes)
            close_old_connections()
    finally:
        nudges.close()
        socket_path().unlink(missing_ok=True)


class _Told:
    """SIGTERM and SIGINT end the work after the round; a pipe ends the sleep at once."""

    def __init__(self) -> None:
        self.to_stop = False
        self.wakes, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.to_stop = True


def _sleep(nudges: socket.socket, wakes: int) -> None:
    ready, _, _ = select.select([nudges.fileno(), wakes], [], [], PATIENCE_S)
    if nudges.fileno() in ready:
        nudges.recv(1)
