"""Looking for words that must not be out: in every byte of a tree, decompressed and decoded, and in every name."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import brotli

_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def forms(content: bytes) -> Iterator[str]:
    """The content as every text it can be read as: plain, unescaped, unquoted, out of JSON and base64."""
    text = content.decode("utf-8", "replace")
    yield text
    yield html.unescape(html.unescape(text))
    yield unquote(text)
    yield _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    for found in set(_BASE64.findall(content)):
        padded = found.replace(b"-", b"+").replace(b"_", b"/").rstrip(b"=")
        try:
            yield base64.b64decode(padded + b"=" * (-len(padded) % 4)).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            continue


def opened(name: str, content: bytes) -> bytes:
    if name.endswith(".gz"):
        return gzip.decompress(content)
    return brotli.decompress(content) if name.endswith(".br") else content


def is_in(words: str, content: bytes) -> bool:
    """Whether the words, or any five of them in a row, can be read out of the content."""
    pieces = words.casefold().split()
    runs = [" ".join(pieces[at : at + 5]) for at in range(max(1, len(pieces) - 4))]
    for form in forms(content):
        flat = " ".join(re.sub(r"<[^>]*>", "", form).casefold().split())
        slugged = flat.replace("-", " ").replace("_", " ")
        if any(run in flat or run in slugged for run in runs):
            return True
    return False


def places(words: str, root: Path) -> list[str]:
    """Files below `root` that hold the words, or are named by them."""
    found = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if is_in(words, name.encode()) or (path.is_file() and is_in(words, opened(name, path.read_bytes()))):
            found.append(name)
    return found
