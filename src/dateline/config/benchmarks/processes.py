"""Programs started for a measurement: waited for, measured, and always ended."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dateline.config.running.port import is_listening
from dateline.errors import NewsroomError

HOST = "127.0.0.1"
START_MAX_S = 60.0
END_MAX_S = 10.0
LOOK_EVERY_S = 0.005


def free_port() -> int:
    """A TCP port of the loopback that nobody has."""
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])


def wait_until(is_so: Callable[[], bool], told: str, timeout_s: float = START_MAX_S) -> None:
    """Look until something is so.

    Raises:
        NewsroomError: it was not so in time.
    """
    deadline = time.monotonic() + timeout_s
    while not is_so():
        if time.monotonic() > deadline:
            raise NewsroomError(
                f"Not measured: {told} did not happen in {timeout_s:.0f} s.", "Nothing was changed.", "Try again."
            )
        time.sleep(LOOK_EVERY_S)


@contextmanager
def started(
    command: Sequence[str], env: Mapping[str, str] | None = None, handed: tuple[int, ...] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program for the length of the block; its words go nowhere."""
    whole_env = {**os.environ, **(env or {})}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=whole_env, pass_fds=handed, stdout=quiet, stderr=quiet)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(END_MAX_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_listening(process: subprocess.Popen[bytes], port: int, told: str) -> None:
    """Wait until a started program takes connections.

    Raises:
        NewsroomError: it ended, or does not listen in time.
    """
    wait_until(lambda: process.poll() is not None or is_listening(HOST, port), f"the start of {told}")
    if process.poll() is not None:
        raise NewsroomError(
            f"Not measured: {told} ended at once.", "Nothing was changed.", f"Start {told} by hand to see why."
        )


def family(pid: int) -> list[int]:
    """A process and all below it (Linux)."""
    found = [pid]
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in thread.read_text().split():
            found += family(int(child))
    return found


def memory_kib(pid: int) -> dict[str, int]:
    """{"pss": …, "rss": …} of one process in KiB; PSS shares common pages fairly and may be summed (proc(5))."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kept = {line.split(":")[0].lower(): int(line.split()[1]) for line in lines if line.startswith(("Pss:", "Rss:"))}
    return {"pss": kept["pss"], "rss": kept["rss"]}
