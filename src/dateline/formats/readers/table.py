"""CSV: a table of posts gives cards; a list of members is counted and left for later.

Promises kept here:
- a row with more or fewer cells than the header is refused and named, never shifted;
- a cell that looks like a formula is text;
- of a list of members nothing is kept but their number.

Sources: RFC 4180; Ghost's content import (title, html, published_at), its members export and Substack's.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final

from dateline.errors import CardError, DatelineError
from dateline.formats.body import Body
from dateline.formats.datelines import take_dateline
from dateline.formats.filed import FiledCard, Source
from dateline.formats.html_blocks import read_html, read_text, words_of
from dateline.formats.readers.decoding import decode
from dateline.formats.readers.found import LARGEST_FILE, Asked, Reading, unreadable
from dateline.formats.readers.making import make_card
from dateline.formats.readers.times import Times

# Python's reader stops at 128 KiB a cell, which a long story with pictures passes; the file itself is bounded.
csv.field_size_limit(LARGEST_FILE)

_TRUE: Final = ("true", "1", "yes", "да", "так", "tak")
_FALSE: Final = ("false", "0", "no", "нет", "не", "nie")


@cache
def _names() -> dict[str, str]:
    """Header names in small letters, and the field each means."""
    table = tomllib.loads((resources.files("dateline.formats.readers") / "table.toml").read_text(encoding="utf-8"))
    return {name: field for field, names in table["columns"].items() for name in names}


def read_table(content: bytes, asked: Asked) -> Reading:
    """A card for each row that has a headline or text.

    Raises:
        UnreadableFile: no header we know, or quotes that do not match.
    """
    decoded = decode(content, asked.file)
    header, rows = _rows(decoded.text, asked.file)
    fields = [_names().get(_plain(name), "") for name in header]
    refused: list[DatelineError] = []
    sound = []
    for number, row in rows:
        if len(row) == len(header):
            sound.append((number, dict(zip(fields, row, strict=True))))
        else:
            refused.append(_ragged(asked.file, number, len(row), len(header)))
    if "headline" not in fields:
        if "email" not in fields:
            raise unreadable(
                asked.file, "no column of it is a title.", "Name one column `title`, another `html` or `text`."
            )
        return Reading("csv", asked.file, decoded.encoding, (), {"members": len(rows)}, tuple(refused), decoded.repairs)
    cards: list[FiledCard] = []
    for number, cells in sound:
        try:
            cards.append(_card(cells, asked, decoded.encoding, decoded.repairs))
        except DatelineError as refusal:
            refusal.subject = f"{asked.file}, line {number}"
            refused.append(refusal)
    return Reading("csv", asked.file, decoded.encoding, tuple(cards), {}, tuple(refused), decoded.repairs)


def looks_like_table(text: str) -> bool:
    """Whether the first line is a header with a column we know as the key of a table: a title or an e-mail address."""
    line = text.lstrip("\ufeff").split("\n", 1)[0]
    if len(line) > 10_000:
        return False
    try:
        header = next(csv.reader([line], delimiter=_delimiter(line)), [])
    except csv.Error:
        return False
    known = {_names().get(_plain(name), "") for name in header}
    return len(header) > 1 and bool(known & {"headline", "email"})


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name.strip().lower())


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _rows(text: str, file: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and the rows that are not empty, each with the number of its last line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.split("\n", 1)[0]), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as refusal:
        raise unreadable(
            file, f"line {reader.line_num}: its quotes do not match ({refusal}).", "Export it again as CSV with quotes."
        ) from refusal
    if not rows:
        raise unreadable(file, "it is empty.", "Export it again.")
    return rows[0][1], rows[1:]


def _ragged(file: str, number: int, cells: int, columns: int) -> CardError:
    return CardError(
        f"the row has {cells} cells, the header {columns}.",
        "This row was not taken in; the others were.",
        "Mend that row and import the file again.",
        subject=f"{file}, line {number}",
    )


def _card(cells: Mapping[str, str], asked: Asked, encoding: str, repairs: Sequence[str]) -> FiledCard:
    times = Times(asked.zone)
    published = times.read("published", cells.get("published", ""))
    body, told = _body(cells)
    opened = take_dateline(body, near=published)
    headline = words_of(cells.get("headline", ""))
    if not headline and not body:
        raise CardError("the row has neither a title nor text.", "This row was not taken in.", "Fill it or delete it.")
    locked, said = _locked(cells)
    return make_card(
        cells.get("id", "").strip(),
        status=_status(cells),
        kind="story" if body else "headline",
        language=cells.get("language", ""),
        headline=headline,
        subheadline=words_of(cells.get("subheadline", "")),
        summary=words_of(cells.get("summary", "")),
        byline=", ".join(name for name in _listed(cells.get("byline", "")) if "@" not in name),
        dateline=opened.dateline,
        first_created=times.read("first_created", cells.get("first_created", "")),
        version_created=times.read("version_created", cells.get("version_created", "")),
        published=published,
        sections=_listed(cells.get("sections", "")),
        body=opened.body,
        locked=locked,
        slug=cells.get("slug", "").strip(),
        address=cells.get("address", "").strip(),
        source=Source("csv", asked.file, encoding),
        repairs=[*repairs, *told, *said, *times.repairs],
        time_notes=tuple(times.notes),
    )


def _body(cells: Mapping[str, str]) -> tuple[Body, tuple[str, ...]]:
    if html := cells.get("html", "").strip():
        read = read_html(html)
        return read.body, read.repairs
    return read_text(cells.get("text", "")), ()


def _listed(cell: str) -> list[str]:
    return [name.strip() for name in re.split(r"[,;|]", cell) if name.strip()]


def _status(cells: Mapping[str, str]) -> str:
    """The table's word for its row; one we do not know is withheld, none at all is usable."""
    word = cells.get("status", "").strip().lower()
    if word in ("", "published", "publish", "usable", "public", "live"):
        return "usable"
    return "draft" if word in ("draft", "pending") else "withheld"


def _locked(cells: Mapping[str, str]) -> tuple[bool | None, tuple[str, ...]]:
    """Whether the row says it is locked; a word we do not know means locked."""
    word = cells.get("locked", "").strip().lower()
    open_to_all = cells.get("visibility", "").strip().lower()
    if not word and not open_to_all:
        return None, ()
    if word in _FALSE or (not word and open_to_all == "public"):
        return False, ()
    is_known = word in _TRUE or (not word and open_to_all in ("members", "paid", "tiers"))
    return True, () if is_known else (f"{(word or open_to_all)[:20]!r} is no known lock; taken as locked",)
