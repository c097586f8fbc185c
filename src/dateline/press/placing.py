"""Putting outputs in place: each file written beside the tree and renamed, so a reader sees the old or the new, never half.

The parts stand in a folder next to the tree, on the same file system, and never in it.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from dateline.errors import DatelineError
from dateline.press.compressing import ENCODINGS, forms, is_compressible

_trees = itertools.count()


class PathRefused(DatelineError):
    """An output path that would leave the tree."""

    code = "press.path"


class Tree:
    """A folder of outputs. Paths are relative, with `/`, and checked here whoever made them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.parts = root.parent / f".{root.name}.parts-{next(_trees)}-{os.getpid()}"
        self._root, self._parts = str(self.root), str(self.parts)
        self._numbers = itertools.count()

    def __enter__(self) -> Tree:
        self.root.mkdir(parents=True, exist_ok=True)
        for left in self.root.parent.glob(f".{self.root.name}.parts-*"):
            if not _is_running(left.name.rpartition("-")[2]):
                shutil.rmtree(left, ignore_errors=True)
        self.parts.mkdir(exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        shutil.rmtree(self.parts, ignore_errors=True)

    def put(self, path: str, plain: bytes) -> None:
        """Put an output and its compressed forms in place."""
        self.put_forms(path, forms(path, plain))

    def put_forms(self, path: str, made: list[tuple[str, bytes]]) -> None:
        """The same with the forms made already (`compressing.forms`)."""
        check_path(path)
        for name, content in made:
            self._put_file(name, content)

    def _put_file(self, name: str, content: bytes) -> None:
        # Plain os calls: at a million outputs pathlib's objects cost as much as the writing.
        part = f"{self._parts}/{next(self._numbers):x}"
        with open(part, "wb", buffering=0) as file:  # noqa: PTH123
            file.write(content)
        target = f"{self._root}/{name}"
        try:
            os.replace(part, target)  # noqa: PTH105
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
            os.replace(part, target)  # noqa: PTH105

    def remove(self, path: str) -> None:
        """Remove an output, its compressed forms, and the folders that this leaves empty."""
        check_path(path)
        for suffix in (*ENCODINGS, ""):
            (self.root / f"{path}{suffix}").unlink(missing_ok=True)
        for folder in (self.root / path).parents:
            if folder == self.root:
                break
            try:
                folder.rmdir()
            except OSError:
                break

    def read(self, path: str) -> bytes | None:
        try:
            return (self.root / path).read_bytes()
        except OSError:
            return None

    def files(self) -> Iterator[str]:
        """Every file of the tree, compressed forms included."""
        for folder, _, names in os.walk(self.root):
            base = Path(folder).relative_to(self.root).as_posix()
            for name in names:
                yield name if base == "." else f"{base}/{name}"

    def is_whole(self, path: str, plain: bytes) -> bool:
        """Whether exactly these bytes stand at `path`, and the right compressed forms beside it."""
        return all(self.read(name) == content for name, content in forms(path, plain))


def names_of(path: str) -> list[str]:
    """The files that stand for an output."""
    return [f"{path}{suffix}" for suffix in (*ENCODINGS, "")] if is_compressible(path) else [path]


def check_path(path: str) -> None:
    """Refuse a path that is not plainly below the tree.

    Raises:
        PathRefused: nothing was written.
    """
    pieces = path.split("/")
    fine = all(
        0 < len(p.encode()) <= 240 and p not in (".", "..") and p.isprintable() and "\\" not in p for p in pieces
    )
    hidden = [p for p in pieces if p.startswith(".") and p != ".well-known"]
    if not fine or hidden or path.startswith("/") or len(path.encode()) > 1000:
        raise PathRefused(
            f"An output named {path[:80]!r} would leave the public folder.",
            "Nothing was written for it; everything else was pressed.",
            "Mend the address it was made from.",
        )


def _is_running(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
