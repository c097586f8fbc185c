"""Driving real processes over real sockets. Nothing here waits for a fixed time: it looks until something is so."""

from __future__ import annotations

import contextlib
import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
DEADLINE_S = 60.0
_LOOK_EVERY_S = 0.02


def until(is_so: Callable[[], bool], told: str) -> None:
    """Look until something is so; fail after a minute, which no sound machine needs."""
    deadline, never = time.monotonic() + DEADLINE_S, threading.Event()
    while not is_so():
        assert time.monotonic() < deadline, f"never so: {told}"
        never.wait(_LOOK_EVERY_S)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False


def start(arguments: list[str], log: Path, handed: tuple[int, ...] = (), **env: str) -> subprocess.Popen[bytes]:
    """Start one of our programs; what it says goes to `log`."""
    with log.open("ab") as said:
        return subprocess.Popen(
            [sys.executable, *arguments],
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **env},
            cwd=HERE.parent.parent,
            pass_fds=handed,
        )


def stop(process: subprocess.Popen[bytes]) -> int:
    """Ask it to end, and give its exit code."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        return process.wait(DEADLINE_S)
    finally:
        process.kill()


@contextlib.contextmanager
def web(data: Path, *more: str, handed: tuple[int, ...] = (), **env: str) -> Iterator[int]:
    """The web process over `data`/public with the stand-in for Django; gives its port. It says things to web.log."""
    port = free_port()
    script = str(HERE / "simulated_web.py")
    process = start([script, "--data", str(data), "--port", str(port), *more], data / "web.log", handed, **env)
    try:
        until(lambda: answers(port) or process.poll() is not None, "the web process listens")
        yield port
    finally:
        assert stop(process) == 0, (data / "web.log").read_text()


Answer = tuple[int, list[tuple[str, str]], bytes]


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """One request; header names with `_` for `-`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE_S)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, [(name.lower(), value) for name, value in answer.getheaders()], answer.read()
    finally:
        connection.close()


def shout(port: int, request: bytes, *, then_hang_up: bool = False) -> bytes:
    """Send bytes as they are, and give all that comes back until the other side closes or has answered."""
    with socket.create_connection(("127.0.0.1", port), timeout=DEADLINE_S) as line:
        with contextlib.suppress(ConnectionError):
            line.sendall(request)
            if then_hang_up:
                line.shutdown(socket.SHUT_WR)
        return _hear(line)


def _hear(line: socket.socket) -> bytes:
    heard = b""
    with contextlib.suppress(ConnectionError):
        while not _is_whole(heard) and select.select([line], [], [], DEADLINE_S)[0]:
            chunk = line.recv(65536)
            if not chunk:
                break
            heard += chunk
    return heard


def _is_whole(heard: bytes) -> bool:
    head, separator, body = heard.partition(b"\r\n\r\n")
    for header in head.lower().split(b"\r\n") if separator else ():
        if header.startswith(b"content-length:"):
            return len(body) >= int(header.partition(b":")[2])
    return False
