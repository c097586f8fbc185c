"""What reading one file gave: cards, things counted, items refused, and what had to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Final

from dateline.errors import DatelineError, UnreadableFile
from dateline.formats.filed import FiledCard

MIB: Final = 1024 * 1024
LARGEST_FILE: Final = 64 * MIB
"""Bytes of one file taken at once; only NDJSON may be longer, for it is read line by line."""
DEEPEST: Final = 200
"""Levels of nesting in any format; deeper is not a story but an attack on the reader of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How to read: `file` as the person named it, `zone` for times without an offset, the newsroom's sections."""

    file: str
    zone: tzinfo = UTC
    known_sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, read.

    Args:
        format: the contract's word: `page`, `ndjson`, `wxr`, `ghost`, `rss`, `atom`, `csv`.
        cards: in the order of the input.
        counts: what was seen and gives no card ("members", "comments", "menu items"), by its name.
        refused: stories that could not be taken, each with its reason.
        repairs: what had to be mended before any story could be told apart; each card has its own as well.
    """

    format: str
    file: str
    encoding: str = ""
    cards: tuple[FiledCard, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[DatelineError, ...] = ()
    repairs: tuple[str, ...] = ()


def unreadable(file: str, happened: str, next_step: str) -> UnreadableFile:
    """The refusal of a whole file: nothing was taken from it."""
    return UnreadableFile(happened, "Nothing was taken from this file.", next_step, subject=file)
