"""The access log: off by default, and when on it says what was asked, never by whom.

A line holds time, method, path, status, bytes and duration. There is no address, no user agent, no referrer and no
query string in it, so a seized log names no reader. It is for looking at a fault for an hour, not for keeping.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from dateline.press.serving.rsgi import Answering, Scope, Transport

Answer = Callable[[Scope, Answering], Awaitable[None]]
Headers = list[tuple[str, str]]

PATH_SHOWN_MAX = 300


def logged(answer: Answer, write: Callable[[str], object]) -> Answer:
    """The same answers, each told to `write` as one line without its end."""

    async def answer_and_log(scope: Scope, proto: Answering) -> None:
        counting, started = _Counting(proto), time.perf_counter()
        try:
            await answer(scope, counting)
        finally:
            write(_line(scope.method, scope.path, counting, time.perf_counter() - started))

    return answer_and_log


def _line(method: str, path: str, counted: _Counting, took_s: float) -> str:
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    shown = quote(path[:PATH_SHOWN_MAX], safe="/-._~")  # a line break in a path must not make a second line
    return f"{at} {quote(method, safe='')} {shown} {counted.status} {counted.sent_bytes} {took_s * 1000:.1f}ms"


class _Counting:
    """Stands before the real answering and notes status and size."""

    def __init__(self, inner: Answering) -> None:
        self._inner = inner
        self.status = 0
        self.sent_bytes = 0

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._inner.__aiter__()

    def response_empty(self, status: int, headers: Headers) -> None:
        self.status = status
        self._inner.response_empty(status, headers)

    def response_str(self, status: int, headers: Headers, body: str) -> None:
        self.status, self.sent_bytes = status, len(body.encode())
        self._inner.response_str(status, headers, body)

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        self.status, self.sent_bytes = status, len(body)
        self._inner.response_bytes(status, headers, body)

    def response_file(self, status: int, headers: Headers, file: str) -> None:
        self.status, self.sent_bytes = status, Path(file).stat().st_size
        self._inner.response_file(status, headers, file)

    def response_stream(self, status: int, headers: Headers) -> Transport:
        self.status = status
        return _CountingTransport(self._inner.response_stream(status, headers), self)


class _CountingTransport:
    def __init__(self, inner: Transport, counted: _Counting) -> None:
        self._inner = inner
        self._counted = counted

    async def send_bytes(self, data: bytes) -> None:
        self._counted.sent_bytes += len(data)
        await self._inner.send_bytes(data)
