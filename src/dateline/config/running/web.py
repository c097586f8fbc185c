"""granian inside this process, on one loop: one process less than its own supervisor needs, and 40 MB less."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from dateline.config.running.access_log import Answer

HEAD_MAX = 64 * 1024
"""Bytes of a request's line and headers; more gets 414 or 431."""

HEAD_READ_MAX_MS = 15_000
BACKLOG = 1024

FINISH_S = 3.5
"""For requests being answered when the end is asked for; less than the supervisor waits. A client that sends or reads
one byte a second must not keep a newsroom from ending."""


async def _serve(make: Callable[[], Awaitable[Answer]], host: str, port: int) -> None:
    server = Server(
        await make(),
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_READ_MAX_MS, max_buffer_size=HEAD_MAX),
        websockets=False,
        backlog=BACKLOG,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for ending in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(ending, _end, server)
    await server.serve()


def _end(server: Server) -> None:
    """Stop listening and finish; when time is over, end all the same (threads in Django included)."""
    server.stop()  # type: ignore[no-untyped-call] # granian says no type there
    last = threading.Timer(FINISH_S, os._exit, [0])
    last.daemon = True
    last.start()


def serve(make: Callable[[], Awaitable[Answer]], host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; requests that are being answered are finished first.

    Args:
        make: makes the application, called on the loop that will run it.
        host: the address to listen on, "127.0.0.1" or "::1".
        port: its TCP port; the caller has made sure that it is free (granian shares a port without a word).
    """
    uvloop.run(_serve(make, host, port))
