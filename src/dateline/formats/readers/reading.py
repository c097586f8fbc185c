"""Any supported file, read into story cards: the one door for `dateline parse` and `dateline import`.

Promises kept here:
- bytes in, cards out: no file is opened, no address asked, no clock read;
- what a file is, is told by its content; its name only decides between two kinds of JSON;
- whatever the bytes, either cards come back or `UnreadableFile` with what happened, what was kept and what to do;
- one story that cannot be taken is in `refused` and never stops the others.

A file may have 64 MiB; longer NDJSON is read line by line with `read_ndjson_lines`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, tzinfo
from functools import cache
from importlib import resources
from typing import Final

from dateline.errors import DatelineError
from dateline.formats.readers.decoding import decode
from dateline.formats.readers.feed import read_feed
from dateline.formats.readers.found import LARGEST_FILE, MIB, Asked, Reading, unreadable
from dateline.formats.readers.ghost import read_ghost
from dateline.formats.readers.ndjson import read_ndjson, read_ndjson_lines
from dateline.formats.readers.page import looks_like_page, read_page
from dateline.formats.readers.safe_json import read_json
from dateline.formats.readers.table import looks_like_table, read_table
from dateline.formats.readers.wxr import read_wxr

__all__ = ["FORMATS", "LARGEST_FILE", "Reading", "detect", "read", "read_ndjson_lines"]

_READERS: Final[Mapping[str, Callable[[bytes, Asked], Reading]]] = {
    "page": read_page,
    "ndjson": read_ndjson,
    "wxr": read_wxr,
    "ghost": read_ghost,
    "rss": read_feed,
    "atom": read_feed,
    "csv": read_table,
}
FORMATS: Final = tuple(_READERS)
"""Formats that can be asked for by name; `auto` finds out."""

_HEAD: Final = 256 * 1024
_MAGIC: Final = (
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"%PDF", "binary"),
    (b"\xff\xd8\xff", "binary"),
    (b"\x89PNG", "binary"),
    (b"GIF8", "binary"),
    (b"RIFF", "binary"),
    (b"SQLite format 3", "binary"),
)
_ROOT: Final = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_ROOTS: Final = {
    "rdf": "rss",
    "feed": "atom",
    "html": "html",
    "nitf": "nitf",
    "newsml": "newsml",
    "newsmessage": "newsml",
    "newsitem": "newsml",
    "packageitem": "newsml",
}


def read(
    content: bytes,
    *,
    file: str,
    format: str = "auto",
    zone: tzinfo = UTC,
    known_sections: Sequence[str] = (),
) -> Reading:
    """One file, read.

    Args:
        content: at most 64 MiB.
        file: as the person named it; stands in every card's `source` and every error.
        format: one of `FORMATS`, or `auto`.
        zone: for times without an offset; such fields are named in the card's `time_notes`.
        known_sections: the newsroom's, to part them from headlines on a saved page.

    Raises:
        UnreadableFile: the file gives nothing: another format, broken beyond repair, too large, or hostile.
    """
    if len(content) > LARGEST_FILE:
        raise too_large(file)
    name = detect(content, file) if format == "auto" else format
    reader = _READERS.get(name)
    if reader is None:
        told = _unread().get(name) or _unread()["unknown"]
        raise unreadable(file, told["happened"], told["next_step"])
    return reader(content, Asked(file, zone, tuple(known_sections)))


def too_large(file: str) -> DatelineError:
    """The refusal of a file over the limit."""
    return unreadable(
        file,
        f"it has more than {LARGEST_FILE // MIB} MiB.",
        "Export it in parts, or as story cards, one JSON object a line (.ndjson), which may be of any length.",
    )


def detect(content: bytes, file: str) -> str:
    """What a file is: one of `FORMATS`, or the name of a kind that is told apart but not read.

    Raises:
        UnreadableFile: it holds NUL characters.
    """
    for magic, name in _MAGIC:
        if content.startswith(magic):
            return name
    # Cut at a line end, so that no character is halved and shown as damage.
    head = content[:_HEAD].rpartition(b"\n")[0] or content[:_HEAD] if len(content) > _HEAD else content
    text = decode(head, file).text.lstrip()
    if text.startswith("<"):
        return _xml_kind(text)
    if text.startswith(("{", "[")):
        return _json_kind(content, text, file)
    if re.match(r"(--|/\*|SET |CREATE |INSERT )", text) and re.search("CREATE TABLE|INSERT INTO|MySQL|mysql", text):
        return "newscoop" if re.search("newscoop|campsite|`Articles`", text, re.IGNORECASE) else "sql"
    if looks_like_table(text):
        return "csv"
    return "page" if looks_like_page(text) else "unknown"


def _xml_kind(text: str) -> str:
    bare = re.sub(r"<!--.*?(?:-->|\Z)|<\?[^>]*>?", "", text, flags=re.DOTALL)
    if re.match(r"\s*<!doctype\s+html", bare, re.IGNORECASE):
        return "html"
    found = _ROOT.search(bare)
    name = found.group(2).lower() if found else ""
    if name == "rss":
        return "wxr" if re.search(r"wordpress\.org/export/|:wxr_version|<wxr_version", bare) else "rss"
    return _ROOTS.get(name, "xml")


def _json_kind(content: bytes, text: str, file: str) -> str:
    if text.startswith("["):
        return "tinynews" if '"translations"' in text and '"headline"' in text else "json"
    if re.match(r'\{\s*"(db|meta|data)"\s*:', text):
        return "ghost"
    first = _first_object(content)
    if {"db", "data"} & first.keys():
        return "ghost"
    if "uri" in first and first.keys() & {"representationtype", "body_text", "bodies", "versioncreated", "standard"}:
        return "ninjs"
    lines = text.split("\n", 2)
    is_lines = file.lower().endswith((".ndjson", ".jsonl")) or (len(lines) > 1 and lines[1].lstrip().startswith("{"))
    return "ndjson" if "id" in first or is_lines else "json"


def _first_object(content: bytes) -> Mapping[str, object]:
    """The object on the first line, {} where that line is none by itself."""
    line = content.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    try:
        said = read_json(line.decode("utf-8", "replace"))
    except DatelineError:
        return {}
    return said if isinstance(said, dict) else {}


@cache
def _unread() -> dict[str, dict[str, str]]:
    text = (resources.files("dateline.formats.readers") / "formats.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["unread"])
