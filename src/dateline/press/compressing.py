"""Outputs ready to send: beside the plain file its gzip and brotli forms, the same bytes whenever they are made."""

from __future__ import annotations

import zlib
from typing import Final

import brotli

SUFFIXES: Final = (".html", ".xml", ".json", ".txt", ".opml", ".svg", ".css")
"""What is worth compressing. Pictures are compressed already."""

ENCODINGS: Final = (".gz", ".br")

_BROTLI_SMALL: Final = 5
_BROTLI_LARGE: Final = 4
_LARGE: Final = 48 * 1024
_WINDOW: Final = 18  # 256 KiB: a page fits, and the window is cheap to set up
_GZIP_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # RFC 1952 2.3.1: no name, no time, any system


def is_compressible(path: str) -> bool:
    return path.endswith(SUFFIXES)


def gzip_bytes(plain: bytes) -> bytes:
    """RFC 1952 without a time stamp, so that pressing again gives the same bytes."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(plain) + deflate.flush()
    return (
        _GZIP_HEADER + body + zlib.crc32(plain).to_bytes(4, "little") + (len(plain) & 0xFFFFFFFF).to_bytes(4, "little")
    )


def brotli_bytes(plain: bytes) -> bytes:
    """RFC 7932. Large outputs are feeds and day lists, pressed at every act: there speed is worth a tenth of size."""
    quality = _BROTLI_LARGE if len(plain) > _LARGE else _BROTLI_SMALL
    made: bytes = brotli.compress(plain, mode=brotli.MODE_TEXT, quality=quality, lgwin=_WINDOW)
    return made


def forms(path: str, plain: bytes) -> list[tuple[str, bytes]]:
    """(file, bytes) of everything that stands for an output, the plain file last: a server that looks for it finds all."""
    if not is_compressible(path):
        return [(path, plain)]
    return [(f"{path}.gz", gzip_bytes(plain)), (f"{path}.br", brotli_bytes(plain)), (path, plain)]
