"""The shape of a request and of the way to answer it, as granian hands them over (RSGI 1.5).

Only what we use. Written here, so that this room needs no granian and tests can hand in their own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol


class RequestHeaders(Protocol):
    """Names are lower case; a value that is not visible ASCII is left out by the server."""

    def get(self, key: str, default: str | None = None, /) -> str | None: ...
    def items(self) -> list[tuple[str, str]]: ...


class Scope(Protocol):
    """One request. `path` is decoded once, `query_string` is not, `client` is "address:port"."""

    proto: str
    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str

    @property
    def headers(self) -> RequestHeaders: ...


class Transport(Protocol):
    async def send_bytes(self, data: bytes, /) -> None: ...


class Answering(Protocol):
    """One answer: exactly one of the `response_` methods is called once; iterating gives the request's body."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_empty(self, status: int, headers: list[tuple[str, str]], /) -> None: ...
    def response_str(self, status: int, headers: list[tuple[str, str]], body: str, /) -> None: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes, /) -> None: ...
    def response_file(self, status: int, headers: list[tuple[str, str]], file: str, /) -> None: ...
    def response_stream(self, status: int, headers: list[tuple[str, str]], /) -> Transport: ...
