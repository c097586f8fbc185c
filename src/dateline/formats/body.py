"""The body of a story: blocks of runs of text with marks, and nothing else.

Promises kept here:
- `from_json(to_json(body)) == body` for every body;
- an unknown block kind, mark or field raises `BodyError`; nothing is dropped in silence;
- text is Unicode NFC without control characters or bidi overrides (`clean_text`);
- `split_at_wall` is the only place where free and locked blocks part.

Shapes follow docs/contracts/story-card.md, "body".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, TypeAlias

from dateline.errors import BodyError
from dateline.formats.addresses import is_safe_href as is_safe_href
from dateline.formats.addresses import is_safe_src as is_safe_src

MARKS: Final = ("bold", "italic", "quote", "link")
"""Marks a run may carry, in the order they are written."""

# C0 and C1 controls but tab and line feed; bidi embeddings, overrides and isolates; BOM; interlinear and
# non-characters. A headline that reverses its neighbours is an attack on the list it stands in (UTR #36 2.4).
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)


# What ends a line in some system; left out without a trace, it would run two words together.
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """Text as we keep it: NFC, no controls, no bidi overrides; line ends as LF. Cleaning twice is cleaning once."""
    # Nothing unwanted is printable but U+FFFC, which stands where an object was.
    if text.isprintable() and "\ufffc" not in text:
        return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))


def clean_line(text: str) -> str:
    """`clean_text` on one line: every run of white space is one space, ends are bare."""
    return " ".join(clean_text(text).split())


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text whose marks are the same all along."""

    text: str
    marks: tuple[str, ...] = ()
    href: str = ""


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Subheading:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set apart. Who said it, to which outlet and on which day, where the copy says so."""

    runs: Runs
    speaker: str = ""
    outlet: str = ""
    said_on: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    items: tuple[Runs, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the header where `header` is set."""

    rows: tuple[tuple[Runs, ...], ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """`src` is `picture:ID` (the record's own) once taken in; before that, as the sender wrote it."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Embed:
    """Somebody else's page, shown as a plain link: nothing is loaded from another host."""

    url: str


@dataclass(frozen=True, slots=True)
class Wall:
    """What stands below is for the plan."""


Block: TypeAlias = Paragraph | Subheading | Quote | ListBlock | Table | Picture | Embed | Wall
Body: TypeAlias = tuple[Block, ...]

TEXT_KINDS: Final[dict[str, type[Paragraph] | type[Subheading] | type[Quote]]] = {
    "p": Paragraph,
    "subheading": Subheading,
    "quote": Quote,
}


def text_of(runs: Iterable[Run]) -> str:
    """The runs' text without marks."""
    return "".join(run.text for run in runs)


def plain(text: str) -> Runs:
    """Unmarked runs of a cleaned text; empty text gives no run."""
    cleaned = clean_line(text)
    return (Run(cleaned),) if cleaned else ()


def join_runs(runs: Iterable[Run]) -> Runs:
    """The same text with the fewest runs: empty ones dropped, equal neighbours joined, marks in one order."""
    kept = ((run.text, _ordered(run.marks), run.href) for run in runs if run.text)
    return tuple(
        Run("".join(text for text, _, _ in alike), marks, href)
        for (marks, href), alike in groupby(kept, key=itemgetter(1, 2))
    )


def _ordered(marks: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(mark for mark in MARKS if mark in marks) if marks else marks


def split_at_wall(body: Body, *, locked: bool) -> tuple[Body, Body]:
    """Part a body into what anybody may read and what stands below the wall.

    A free story has no wall: the block is dropped and everything is free.
    A locked story without a wall has no free part: where the wall stands is unknown, so all of it is locked.
    """
    if not locked:
        return tuple(block for block in body if not isinstance(block, Wall)), ()
    for at, block in enumerate(body):
        if isinstance(block, Wall):
            below = tuple(block for block in body[at + 1 :] if not isinstance(block, Wall))
            return body[:at], below
    return (), body


def pictures_in(body: Iterable[Block]) -> list[Picture]:
    """The pictures of a body, in order."""
    return [block for block in body if isinstance(block, Picture)]


def links_in(body: Iterable[Block]) -> list[str]:
    """Every link target of a body, in order."""
    return [run.href for block in body for runs in _runs_of(block) for run in runs if run.href]


def plain_text(body: Iterable[Block]) -> str:
    """The words of a body, one block a line: for length, search and excerpts. No alt texts."""
    return "\n".join(line for block in body if (line := " ".join(text_of(runs) for runs in _runs_of(block))))


def _runs_of(block: Block) -> list[Runs]:
    match block:
        case Paragraph(runs) | Subheading(runs) | Quote(runs):
            return [runs]
        case ListBlock(items):
            return list(items)
        case Table(rows):
            return [cell for row in rows for cell in row]
        case _:
            return []


# --- JSON -----------------------------------------------------------------------------------------------------


def to_json(body: Iterable[Block]) -> list[dict[str, Any]]:
    """The body as the contract's list of objects; empty fields are left out."""
    return [_block_to_json(block) for block in body]


def from_json(blocks: object, *, where: str = "body") -> Body:
    """Read the contract's list of objects.

    Raises:
        BodyError: a block, mark or field that is not ours; the message names the place.
    """
    if not isinstance(blocks, Sequence) or isinstance(blocks, str):
        raise _refused(where, f"the body is {type(blocks).__name__}, not a list")
    return tuple(_block_from_json(block, f"{where}[{at}]") for at, block in enumerate(blocks))


def _text_fields(runs: Runs) -> dict[str, Any]:
    fields: dict[str, Any] = {"text": text_of(runs)}
    if any(run.marks for run in runs):
        fields["runs"] = [_run_to_json(run) for run in runs]
    return fields


def _run_to_json(run: Run) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": run.text}
    if run.marks:
        shown["marks"] = list(run.marks)
    if run.href:
        shown["href"] = run.href
    return shown


def _cell_to_json(runs: Runs) -> str | dict[str, Any]:
    """A list item or table cell: a plain string, or `{text, runs}` where it carries marks."""
    return _text_fields(runs) if any(run.marks for run in runs) else text_of(runs)


def _block_to_json(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(runs):
            return {"kind": "p", **_text_fields(runs)}
        case Subheading(runs):
            return {"kind": "subheading", **_text_fields(runs)}
        case Quote(runs, speaker, outlet, said_on):
            told = {"speaker": speaker, "outlet": outlet, "said_on": said_on}
            return {"kind": "quote", **_text_fields(runs), **{key: value for key, value in told.items() if value}}
        case ListBlock(items, ordered):
            made: dict[str, Any] = {"kind": "list", "items": [_cell_to_json(item) for item in items]}
            return {**made, "ordered": True} if ordered else made
        case Table(rows, header):
            made = {"kind": "table", "rows": [[_cell_to_json(cell) for cell in row] for row in rows]}
            return {**made, "header": True} if header else made
        case Picture(src, alt, caption, credit):
            told = {"alt": alt, "caption": caption, "credit": credit}
            return {"kind": "picture", "src": src, **{key: value for key, value in told.items() if value}}
        case Embed(url):
            return {"kind": "embed", "url": url}
        case Wall():
            return {"kind": "wall"}


_FIELDS: Final = {
    "p": {"text", "runs"},
    "subheading": {"text", "runs"},
    "quote": {"text", "runs", "speaker", "outlet", "said_on"},
    "list": {"items", "ordered"},
    "table": {"rows", "header"},
    "picture": {"src", "alt", "caption", "credit"},
    "embed": {"url"},
    "wall": set[str](),
}


def _block_from_json(block: object, where: str) -> Block:
    if not isinstance(block, Mapping):
        raise _refused(where, f"a block is {type(block).__name__}, not an object")
    kind = block.get("kind")
    if not isinstance(kind, str) or kind not in _FIELDS:
        raise _refused(where, f"unknown block kind {kind!r}" if "kind" in block else "a block has no kind")
    unknown = set(block) - _FIELDS[kind] - {"kind"}
    if unknown:
        raise _refused(where, f"unknown field {sorted(map(str, unknown))[0]!r} in a {kind!r} block")
    if kind in ("p", "subheading"):
        return TEXT_KINDS[kind](_runs_from_json(block, where))
    if kind == "quote":
        told = (_line(block, key, where) for key in ("speaker", "outlet", "said_on"))
        return Quote(_runs_from_json(block, where), *told)
    if kind == "list":
        return ListBlock(_cells(block.get("items"), f"{where}.items"), bool(block.get("ordered", False)))
    if kind == "table":
        rows = block.get("rows")
        if not isinstance(rows, Sequence) or isinstance(rows, str):
            raise _refused(where, "a table without a list of rows")
        return Table(
            tuple(_cells(row, f"{where}.rows[{at}]") for at, row in enumerate(rows)), bool(block.get("header", False))
        )
    if kind == "picture":
        return _picture(block, where)
    if kind == "embed":
        return Embed(_href(_line(block, "url", where), where))
    return Wall()


def _picture(block: Mapping[str, Any], where: str) -> Picture:
    src, *told = (_line(block, key, where) for key in ("src", "alt", "caption", "credit"))
    if not is_safe_src(src):
        raise _refused(where, f"a picture at {src[:60]!r} is not allowed")
    return Picture(src, *told)


def _cells(cells: object, where: str) -> tuple[Runs, ...]:
    if not isinstance(cells, Sequence) or isinstance(cells, str):
        raise _refused(where, "expected a list")
    made = []
    for at, cell in enumerate(cells):
        if isinstance(cell, str):
            made.append(join_runs([Run(clean_text(cell))]))
        elif isinstance(cell, Mapping) and not set(cell) - {"text", "runs"}:
            made.append(_runs_from_json(cell, f"{where}[{at}]"))
        else:
            raise _refused(f"{where}[{at}]", "an item is neither text nor runs")
    return tuple(made)


def _runs_from_json(block: Mapping[str, Any], where: str) -> Runs:
    runs = block.get("runs")
    if runs is None:
        text = _line(block, "text", where)
        return (Run(text),) if text else ()
    if not isinstance(runs, Sequence) or isinstance(runs, str):
        raise _refused(where, "runs is not a list")
    made = join_runs(_run_from_json(run, f"{where}.runs[{at}]") for at, run in enumerate(runs))
    said = block.get("text")
    # Cleaned as one: a combining mark at the head of a run joins the letter before it in the text, not in the runs.
    if isinstance(said, str) and clean_text(said) != clean_text(text_of(made)):
        raise _refused(where, "text and runs say different words")
    return made


def _run_from_json(run: object, where: str) -> Run:
    if not isinstance(run, Mapping) or set(run) - {"text", "marks", "href"}:
        raise _refused(where, "a run is not {text, marks, href}")
    marks = run.get("marks", ())
    if not isinstance(marks, Sequence) or isinstance(marks, str) or any(mark not in MARKS for mark in marks):
        raise _refused(where, f"unknown marks {marks!r}")
    href = _line(run, "href", where)
    if ("link" in marks) != bool(href):
        raise _refused(where, "a link mark needs an href, and an href a link mark")
    return Run(_line(run, "text", where), tuple(marks), _href(href, where) if href else "")


def _line(fields: Mapping[str, Any], key: str, where: str) -> str:
    value = fields.get(key, "")
    if not isinstance(value, str):
        raise _refused(where, f"{key} is {type(value).__name__}, not text")
    return clean_text(value)


def _href(href: str, where: str) -> str:
    if not is_safe_href(href):
        raise _refused(where, f"a link to {href[:60]!r} is not allowed")
    return href


def _refused(where: str, what: str) -> BodyError:
    return BodyError(
        f"{where}: {what}.", "The rest of the story was not read.", "Mend the body, or leave that block out."
    )
