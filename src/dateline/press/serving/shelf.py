"""Files of the tree kept ready in memory: a bounded shelf, checked against the disk at each taking.

Promises:
- a file that was replaced or removed on disk is never handed out again, from the next request on: each taking compares
  device, inode, size and time of change (a rename always brings another inode);
- the shelf never holds more than its limit; what was asked for longest ago goes first;
- nothing outside the tree is read, links included.
"""

from __future__ import annotations

import os
import stat
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from dateline.press.serving.headers import Headers

MIB = 1024 * 1024
SHELF_MAX = 64 * MIB
WHOLE_MAX = 1 * MIB
"""Larger files (offline editions) are sent from disk piece by piece and never stand on the shelf."""

_LEAF_COST = 4096
"""Bytes counted for a file beside its content: its headers and its place."""

Mark = tuple[int, int, int, int]


@dataclass(slots=True, frozen=True)
class Leaf:
    """One file in one encoding, ready to send. `body` is None where the file is too large to keep."""

    mark: Mark
    path: str
    body: bytes | None
    etag: str
    headers: Headers
    not_modified: Headers


Dress = Callable[[str, int], tuple[Headers, Headers]]
"""(etag, size in bytes) → the headers of the 200 and of the 304."""


class Shelf:
    """Bounded, least recently used out first. Not for several threads: the server's one loop uses it.

    Args:
        root: the tree.
        limit: bytes to hold at most.
    """

    def __init__(self, root: Path, limit: int = SHELF_MAX) -> None:
        self._root = str(root)
        self._limit = limit
        self._held = 0
        self._leaves: OrderedDict[str, Leaf] = OrderedDict()

    @property
    def held(self) -> int:
        """Bytes on the shelf as counted."""
        return self._held

    def take(self, path: str, dress: Dress) -> Leaf | None:
        """The file as it stands on disk now; None where there is none.

        Args:
            path: whole path of the file, below the root by name.
            dress: makes its headers, once for each content.
        """
        try:
            found = os.stat(path)  # noqa: PTH116 - a third of the time of Path.stat, on the hottest line we have
        except (OSError, ValueError):
            self._drop(path)
            return None
        leaf = self._leaves.get(path)
        if leaf is not None and leaf.mark == (found.st_ino, found.st_mtime_ns, found.st_size, found.st_dev):
            self._leaves.move_to_end(path)
            return leaf
        self._drop(path)
        return self._read(path, dress) if stat.S_ISREG(found.st_mode) else None

    def _read(self, path: str, dress: Dress) -> Leaf | None:
        if not self._is_inside(path):
            return None
        try:
            with Path(path).open("rb") as file:
                found = os.fstat(file.fileno())
                body = file.read(WHOLE_MAX) if found.st_size <= WHOLE_MAX else None
        except OSError:
            return None
        mark = (found.st_ino, found.st_mtime_ns, found.st_size, found.st_dev)
        etag = etag_of(body if body is not None else repr(mark).encode())
        leaf = Leaf(mark, path, body, etag, *dress(etag, len(body) if body is not None else found.st_size))
        self._keep(leaf)
        return leaf

    def _is_inside(self, path: str) -> bool:
        root = os.path.realpath(self._root)
        return os.path.realpath(path).startswith(root + os.sep)

    def _keep(self, leaf: Leaf) -> None:
        if leaf.body is None or _cost(leaf) > self._limit:
            return
        self._leaves[leaf.path] = leaf
        self._held += _cost(leaf)
        while self._held > self._limit:
            self._held -= _cost(self._leaves.popitem(last=False)[1])

    def _drop(self, path: str) -> None:
        leaf = self._leaves.pop(path, None)
        if leaf is not None:
            self._held -= _cost(leaf)


def _cost(leaf: Leaf) -> int:
    return len(leaf.body or b"") + _LEAF_COST


def etag_of(content: bytes) -> str:
    """A strong entity tag: the same bytes, the same tag, on every host (RFC 9110 8.8.3)."""
    return f'"{urlsafe_b64encode(sha256(content).digest()[:16]).decode("ascii").rstrip("=")}"'
