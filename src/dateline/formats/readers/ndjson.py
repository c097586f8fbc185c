"""Story cards, one JSON object a line (docs/contracts/story-card.md). One bad line never stops the others."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import Final

from dateline.errors import CardError, DatelineError
from dateline.formats.filed import FiledCard, from_json
from dateline.formats.readers.found import MIB, Asked, Reading, unreadable
from dateline.formats.readers.safe_json import read_json

LONGEST_LINE: Final = 8 * MIB
"""Bytes of one card; the longest story known to us has 1 % of that."""


def read_ndjson_lines(lines: Iterable[bytes], *, file: str) -> Iterator[FiledCard | DatelineError]:
    """One card, or the error that names its line, for each line that is not empty; in order, one at a time.

    Args:
        lines: with or without their line ends. Memory is that of the longest line.
        file: as the person named it; stands in each card's `source` and each error's `subject`.
    """
    for number, line in enumerate(lines, start=1):
        bare = (line.removeprefix(codecs.BOM_UTF8) if number == 1 else line).strip()
        if bare:
            try:
                yield _card(bare, file)
            except DatelineError as refusal:
                refusal.subject = f"{file}, line {number}"
                yield refusal


def read_ndjson(content: bytes, asked: Asked) -> Reading:
    """All cards of a file held in memory.

    Raises:
        UnreadableFile: not one line gave a card.
    """
    found = list(read_ndjson_lines(content.split(b"\n"), file=asked.file))
    cards = tuple(card for card in found if isinstance(card, FiledCard))
    refused = tuple(error for error in found if isinstance(error, DatelineError))
    if not cards:
        why = refused[0].happened if refused else "it is empty."
        raise unreadable(
            asked.file, f"no line of it is a story card; the first: {why}", "See docs/contracts/story-card.md."
        )
    return Reading("ndjson", asked.file, "utf-8", cards, {}, refused)


def _card(line: bytes, file: str) -> FiledCard:
    if len(line) > LONGEST_LINE:
        raise _wrong(f"the line has {len(line):,} bytes; at most {LONGEST_LINE:,} are read.")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as refusal:
        raise _wrong(f"the line is not utf-8 (byte {refusal.start}).") from refusal
    said = read_json(text)
    if isinstance(said, dict):
        said["source"] = {"format": "ndjson", "file": file, "encoding": "utf-8"}
    return from_json(said)


def _wrong(happened: str) -> CardError:
    return CardError(happened, "This story was not taken in.", "Write one JSON object a line, in UTF-8.")
