"""Files named on a command line, opened one after another: folders, standard input, gzip, and how much is read.

Promises kept here:
- a file is never held whole over 64 MiB; story cards, one JSON object a line, are read as a stream of any length;
- what gzip expands is counted: 64 MiB at once, as lines a hundred times the file's own size;
- a file that cannot be opened is a refusal like any other and does not stop the rest.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import BinaryIO, Final, cast

from dateline.errors import DatelineError, UnreadableFile
from dateline.formats.filed import FiledCard
from dateline.formats.readers.ndjson import LONGEST_LINE
from dateline.formats.readers.reading import LARGEST_FILE, detect, read, read_ndjson_lines, too_large

LARGEST_EXPANSION: Final = 100
"""How many times its own size a .gz may expand to; JSON of news packs 4 to 12 times, a bomb a thousand."""
_UNCOUNTED: Final = LARGEST_FILE // 4
"""Bytes that any .gz may expand to, however small it is."""
_PEEK: Final = 64 * 1024
_GZIP: Final = b"\x1f\x8b"
_LINES: Final = (".ndjson", ".jsonl")


@dataclass(frozen=True, slots=True)
class Asked:
    """How to read every file of one command line, and whom to tell of refusals."""

    format: str
    zone: tzinfo
    known_sections: Sequence[str]
    refused: Callable[[DatelineError], None]


@dataclass(slots=True)
class InputFile:
    """One input. `name` is as on the command line (`-` for standard input); `size` in bytes, 0 where unknown.

    `format` and `repairs` say what the file turned out to be, once its first card was asked for.
    """

    name: str
    size: int
    asked: Asked
    _open: Callable[[], BinaryIO]
    format: str = ""
    repairs: Sequence[str] = ()

    def cards(self, counted: Callable[[dict[str, int]], None]) -> Iterator[FiledCard]:
        """Its cards in order, story cards a line as a stream; refusals go to `refused` and raise nothing.

        Args:
            counted: told once what was seen and gives no card ("members", "comments").
        """
        try:
            if self.asked.format in ("auto", "ndjson") and self.is_lines():
                self.format = "ndjson"
                yield from self._streamed()
                return
            reading = read(
                self.content(),
                file=self.name,
                format=self.asked.format,
                zone=self.asked.zone,
                known_sections=self.asked.known_sections,
            )
        except UnreadableFile as refusal:
            self.asked.refused(refusal)
            return
        self.format, self.repairs = reading.format, reading.repairs
        for refused in reading.refused:
            self.asked.refused(refused)
        counted(dict(reading.counts))
        yield from reading.cards

    def _streamed(self) -> Iterator[FiledCard]:
        for outcome in read_ndjson_lines(self.lines(), file=self.name):
            if isinstance(outcome, DatelineError):
                self.asked.refused(outcome)
            else:
                yield outcome

    def content(self) -> bytes:
        """All of it, unpacked.

        Raises:
            UnreadableFile: cannot be opened, over 64 MiB, or broken gzip.
        """
        with self._stream() as stream:
            content = stream.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise too_large(self.name)
        return content

    def is_lines(self) -> bool:
        """Whether it is story cards, one JSON object a line, by its name or its first 64 KiB.

        Raises:
            UnreadableFile: cannot be opened.
        """
        if self.name.lower().removesuffix(".gz").endswith(_LINES):
            return True
        if self.name == "-":
            return False
        with self._stream() as stream:
            head = stream.read(_PEEK)
        try:
            return detect(head, self.name) == "ndjson"
        except UnreadableFile:
            return False

    def lines(self) -> Iterator[bytes]:
        """Its lines, one at a time; one over 8 MiB is cut just past that, so that its reader can refuse it.

        Raises:
            UnreadableFile: cannot be opened, broken gzip, or expanding beyond `LARGEST_EXPANSION`.
        """
        expanded = 0
        with self._stream() as stream:
            while line := stream.readline(LONGEST_LINE + 1):
                rest = line
                while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
                    expanded += len(rest)
                    rest = stream.readline(LONGEST_LINE + 1)
                expanded += len(rest)
                if self.size and expanded > max(_UNCOUNTED, self.size * LARGEST_EXPANSION):
                    raise _refused(self.name, f"it expands to over {LARGEST_EXPANSION} times its size.")
                yield line

    @contextmanager
    def _stream(self) -> Iterator[BinaryIO]:
        with _refusing(self.name), ExitStack() as closing:
            raw = closing.enter_context(io.BufferedReader(cast("io.RawIOBase", self._open()), _PEEK))
            is_packed = raw.peek(2)[:2] == _GZIP
            yield closing.enter_context(cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if is_packed else raw)


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Errors of the system and of gzip, told as a refusal of the file."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _refused(name, "its gzip is broken or cut short.") from error
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _refused(name, f"it cannot be opened ({error.strerror or 'no reason given'}).") from error


def _refused(name: str, happened: str) -> UnreadableFile:
    return UnreadableFile(
        happened, "Nothing was taken from this file.", "Check the file and name it again.", subject=name
    )


def open_inputs(
    paths: Iterable[str | Path],
    *,
    format: str = "auto",
    zone: tzinfo = UTC,
    known_sections: Sequence[str] = (),
    refused: Callable[[DatelineError], None],
) -> Iterator[InputFile]:
    """The files that paths name, in order. Nothing is opened yet: a file that cannot be refuses when it is read.

    Args:
        paths: a folder gives its files by name, those inside folders too, hidden ones left out; `-` is standard input.
        format: one of `reading.FORMATS`, or `auto`.
        zone: for times without an offset.
        known_sections: the newsroom's section names.
        refused: told of every file and every story that could not be taken.
    """
    asked = Asked(format, zone, tuple(known_sections), refused)
    for path in map(Path, paths):
        if str(path) == "-":
            yield InputFile("-", 0, asked, lambda: cast(BinaryIO, io.BytesIO(sys.stdin.buffer.read(LARGEST_FILE + 1))))
        elif path.is_dir():
            yield from (_file(found, asked) for found in sorted(path.rglob("*")) if _is_shown(found, path))
        else:
            yield _file(path, asked)


def _is_shown(found: Path, root: Path) -> bool:
    return found.is_file() and not any(part.startswith(".") for part in found.relative_to(root).parts)


def _file(path: Path, asked: Asked) -> InputFile:
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return InputFile(str(path), size, asked, lambda: cast(BinaryIO, io.FileIO(str(path))))
