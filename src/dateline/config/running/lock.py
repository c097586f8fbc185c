"""One `dateline run` for one folder: a lock that ends with the processes that hold it, however they end."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import NewsroomError

LOCK_NAME = "run.lock"


@contextmanager
def run_lock(data: Path) -> Iterator[int]:
    """Hold the newsroom for this run; gives the lock's file descriptor.

    The descriptor is handed to the children too: as long as one of them lives, no second run may start.

    Raises:
        NewsroomError: another run holds it, or the folder cannot be written.
    """
    descriptor = _open(data)
    try:
        _take(descriptor, data)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def _open(data: Path) -> int:
    try:
        data.mkdir(parents=True, exist_ok=True)
        return os.open(data / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise NewsroomError(
            f"The newsroom folder cannot be used: {error.strerror}.",
            "Nothing was changed.",
            "Choose a folder that you may write with --data, or change who may write this one.",
            subject=str(data),
        ) from error


def _take(descriptor: int, data: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
        raise NewsroomError(
            f"This newsroom is running already, as process {holder}.",
            "That run goes on; nothing was changed.",
            f"End it first (kill {holder}, or Ctrl-C where it was started), or choose another folder with --data.",
            subject=str(data),
        ) from error
