"""Reading what a client sends, without letting a slow or endless one hold a thread or fill the memory.

A body without a length is refused (411): granian ends a broken-off chunked body as if it were whole, and half a form
must never be taken for a form.
"""

from __future__ import annotations

import asyncio
from tempfile import SpooledTemporaryFile
from typing import IO

from dateline.press.serving.rsgi import Answering, Scope

MIB = 1024 * 1024
BODY_MAX = 64 * MIB
"""The largest picture a desk may upload, with room."""

IN_MEMORY_MAX = 1 * MIB
SILENCE_MAX_S = 20.0
WHOLE_MAX_S = 600.0


class BodyRefused(Exception):
    """The client's body was not taken; `status` says why (411 no length, 413 too large, 408 too slow, 400 broken off)."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(str(status))


async def read_body(scope: Scope, proto: Answering, limit: int = BODY_MAX) -> IO[bytes]:
    """The whole body as a file at its start; beyond 1 MiB it stands in a nameless temporary file.

    Raises:
        BodyRefused: see there.
    """
    body = SpooledTemporaryFile(max_size=IN_MEMORY_MAX)  # noqa: SIM115 - closed by whoever answers
    length = _length(scope, limit)
    if length:
        try:
            async with asyncio.timeout(WHOLE_MAX_S):
                await _fill(body, proto, length)
        except TimeoutError as error:
            raise BodyRefused(408) from error
    body.seek(0)
    return body


def _length(scope: Scope, limit: int) -> int:
    """The length that was announced, in bytes; 0 where no body was (RFC 9112 6.3)."""
    if scope.headers.get("transfer-encoding") is not None:
        raise BodyRefused(411)  # RFC 9110 15.5.12
    said = scope.headers.get("content-length", "0") or ""
    if not said.isdecimal():
        raise BodyRefused(400)
    if int(said) > limit:
        raise BodyRefused(413)
    return int(said)


async def _fill(body: IO[bytes], proto: Answering, length: int) -> None:
    chunks, received = aiter(proto), 0
    while received < length:
        try:
            chunk = await asyncio.wait_for(anext(chunks), SILENCE_MAX_S)
        except (StopAsyncIteration, RuntimeError, OSError) as error:
            raise BodyRefused(400) from error
        received += len(chunk)
        body.write(chunk)
