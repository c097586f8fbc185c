"""The way to Django: its WSGI handler in a few threads, its answer collected before anything is sent.

Why WSGI and threads: Django's ASGI handler with its full middleware answers a tenth of what its WSGI handler does, and
everything behind it (SQLite, Wagtail) is synchronous. Why collected: a slow reader must not hold a thread.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from dateline.press.serving.headers import Headers
from dateline.press.serving.rsgi import Answering, Scope

Environ = dict[str, Any]
WsgiApplication = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

THREADS = 8
"""Requests in Django at one time. Python runs one of them at a time, so more would only hold more memory."""

IN_MEMORY_MAX = 4 * 1024 * 1024
CHUNK = 64 * 1024

_HOP_BY_HOP = frozenset({"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "server", "date"})
_JOINED = {"cookie": "; "}  # RFC 9113 8.2.3; all other repeated headers are joined by commas (RFC 9110 5.3)


@dataclass(slots=True)
class Collected:
    """An answer as the application gave it. `body` stands at its start and is closed by whoever sends it."""

    status: int
    headers: Headers
    body: IO[bytes]
    size: int


class WsgiBridge:
    """Calls a WSGI application from the server's loop."""

    def __init__(self, threads: int = THREADS) -> None:
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="django")

    async def ask(self, application: WsgiApplication, environ: Environ) -> Collected:
        """The application's whole answer. Its exceptions come through."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, collect, application, environ)


def collect(application: WsgiApplication, environ: Environ) -> Collected:
    """Run a WSGI application to its end (PEP 3333), closing what it gave."""
    said: list[tuple[str, Headers]] = []
    body = SpooledTemporaryFile(max_size=IN_MEMORY_MAX)  # noqa: SIM115 - closed by the sender

    def start_response(status: str, headers: Headers, _error: object = None) -> Callable[[bytes], object]:
        said.append((status, headers))
        return body.write

    result = application(environ, start_response)
    try:
        for chunk in result:
            body.write(chunk)
    finally:
        if hasattr(result, "close"):
            result.close()
    status, headers = said[-1]
    size = body.tell()
    body.seek(0)
    kept = [(name.lower(), value) for name, value in headers if name.lower() not in _HOP_BY_HOP]
    return Collected(int(status.split(" ", 1)[0]), kept, body, size)


def environ_of(scope: Scope, body: IO[bytes]) -> Environ:
    """A request as PEP 3333 tells it.

    Header names with an underscore are left out: "X_Forwarded_Proto" would pass for "X-Forwarded-Proto".
    """
    host, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),  # PEP 3333: bytes shown as latin-1
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        _put_header(environ, name, value)
    _say_length(environ, body)
    return environ


def _put_header(environ: Environ, name: str, value: str) -> None:
    if "_" in name:
        return
    key = name.upper().replace("-", "_")
    key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
    environ[key] = f"{environ[key]}{_JOINED.get(name, ',')}{value}" if key in environ else value


def _say_length(environ: Environ, body: IO[bytes]) -> None:
    """The length of what really came: a chunked request says none, and Django reads none without it."""
    environ.pop("HTTP_CONTENT_LENGTH", None)
    length = body.seek(0, 2)
    body.seek(0)
    if length or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        environ["CONTENT_LENGTH"] = str(length)


async def send(collected: Collected, method: str, proto: Answering) -> None:
    """Send an answer; HEAD, 204 and 304 carry no body (RFC 9110 9.3.2, 15.3.5, 15.4.5)."""
    with collected.body as body:
        headers = [pair for pair in collected.headers if pair[0] != "content-length"]
        length = ("content-length", str(collected.size))
        if collected.status in {204, 304}:
            proto.response_empty(collected.status, headers)
        elif method == "HEAD":
            proto.response_empty(collected.status, [*headers, length])
        elif collected.size <= IN_MEMORY_MAX:
            proto.response_bytes(collected.status, [*headers, length], body.read())
        else:
            await _stream(proto.response_stream(collected.status, [*headers, length]).send_bytes, body)


async def _stream(send_bytes: Callable[[bytes], Any], body: IO[bytes]) -> None:
    while chunk := body.read(CHUNK):
        await send_bytes(chunk)
