"""The body of a draft, as the editor stores it (a StreamField's list) and as our typed blocks.

Promises kept here:
- `from_stream(to_stream(body)) == held(body)` for every body, and `held` leaves no word out;
- `to_stream(from_stream(raw)) == raw` for what the editor stores, but for its own numbers of blocks and paragraphs;
- a block, field, tag or attribute that is not ours raises `BodyError`.

Shapes of the editor's blocks (`desk.blocks` declares them):
    text        paragraphs and lists, as HTML            subheading  one line, as HTML
    quotation   {text: HTML, speaker, outlet, said_on}   embed       an address
    picture     {src, alt, caption, credit}              wall        nothing
    table       {header, grid: {columns: [{type, heading}], rows: [{values: [HTML]}], caption}}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from dateline.desk.adapter.refusing import refused
from dateline.desk.adapter.rich_text import flow_of, html_of_flow, paragraph, runs_of
from dateline.errors import BodyError
from dateline.formats import body as body_format
from dateline.formats.body import (
    Block,
    Body,
    Embed,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Subheading,
    Table,
    Wall,
    join_runs,
    text_of,
)

Raw = list[dict[str, Any]]

TOLD_OF_QUOTE: Final = ("speaker", "outlet", "said_on")
TOLD_OF_PICTURE: Final = ("src", "alt", "caption", "credit")


def held(body: Iterable[Block]) -> Body:
    """The body as the desk can hold it: no block without content, and tables with rows of one length."""
    found = (_held(block) for block in body_format.from_json(body_format.to_json(body)))
    return tuple(block for block in found if block is not None)


def _held(block: Block) -> Block | None:
    match block:
        case Paragraph(runs) | Subheading(runs):
            return block if runs else None
        case ListBlock(items):
            filled = tuple(item for item in items if item)
            return replace(block, items=filled) if filled else None
        case Table(rows):
            width = max(map(len, rows), default=0)
            return replace(block, rows=tuple(row + ((),) * (width - len(row)) for row in rows)) if width else None
        case Quote() | Picture() | Embed():
            return None if block in (Quote(()), Picture(""), Embed("")) else block
        case Wall():
            return block


# --- to the editor ----------------------------------------------------------------------------------------------


def to_stream(body: Iterable[Block]) -> Raw:
    """The editor's blocks of a body; neighbouring paragraphs and lists share one text block."""
    made: Raw = []
    flow: list[Paragraph | ListBlock] = []
    for block in held(body):
        if isinstance(block, Paragraph | ListBlock):
            # The editor would join two lists of one kind that follow each other.
            if flow and isinstance(block, ListBlock) and _same_list(flow[-1], block):
                _put_flow(made, flow)
            flow.append(block)
        else:
            _put_flow(made, flow)
            made.append(_stream_block(block))
    _put_flow(made, flow)
    return made


def _same_list(before: Paragraph | ListBlock, block: ListBlock) -> bool:
    return isinstance(before, ListBlock) and before.ordered == block.ordered


def _put_flow(made: Raw, flow: list[Paragraph | ListBlock]) -> None:
    if flow:
        made.append({"type": "text", "value": html_of_flow(flow)})
        flow.clear()


def _stream_block(block: Block) -> dict[str, Any]:
    match block:
        case Subheading(runs):
            return {"type": "subheading", "value": paragraph(runs)}
        case Quote(runs):
            told = {key: getattr(block, key) for key in TOLD_OF_QUOTE}
            return {"type": "quotation", "value": {"text": paragraph(runs) if runs else "", **told}}
        case Table():
            return {"type": "table", "value": _grid(block)}
        case Picture():
            return {"type": "picture", "value": {key: getattr(block, key) for key in TOLD_OF_PICTURE}}
        case Embed(url):
            return {"type": "embed", "value": url}
        case _:
            return {"type": "wall", "value": None}


def _grid(table: Table) -> dict[str, Any]:
    """A header of plain words stands in the columns' headings; one with marks is the first row, and `header` says so."""
    rows, headings = table.rows, [""] * len(table.rows[0])
    by_headings = table.header and _is_heading(rows[0])
    if by_headings:
        headings, rows = [text_of(cell) for cell in rows[0]], rows[1:]
    grid = {
        "columns": [{"type": "cell", "heading": heading} for heading in headings],
        "rows": [{"values": [paragraph(cell) if cell else "" for cell in row]} for row in rows],
        "caption": "",
    }
    return {"header": table.header and not by_headings, "grid": grid}


def _is_heading(row: tuple[Runs, ...]) -> bool:
    plain = all(not run.marks and "\n" not in run.text for cell in row for run in cell)
    return plain and any(row)


# --- from the editor --------------------------------------------------------------------------------------------


def from_stream(raw: object) -> Body:
    """Our blocks of what the editor stored.

    Raises:
        BodyError: names the block and what in it is not ours, or cannot be shown.
    """
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise refused(_("The text"), _("it is not a list of blocks"))
    made: list[Block] = []
    for at, entry in enumerate(raw, 1):
        made += _read_block(entry, at)
    return held(made)


def _read_block(entry: object, at: int) -> list[Block]:
    where = _("Block %(number)d") % {"number": at}
    if not isinstance(entry, Mapping) or set(entry) - {"type", "value", "id"}:
        raise refused(where, _("it is not a block of the editor"))
    kind = str(entry.get("type"))
    read = _READ.get(kind)
    if read is None:
        raise refused(where, _("the kind “%(kind)s” is not one of ours") % {"kind": kind[:40]})
    made = read(entry.get("value"), f"{where} ({kind})")
    try:
        body_format.from_json(body_format.to_json(made))
    except BodyError as error:
        raise refused(f"{where} ({kind})", error.happened.rstrip(".")) from error
    return made


def _read_text(value: object, where: str) -> list[Block]:
    return list(flow_of(_string(value, where), where))


def _read_subheading(value: object, where: str) -> list[Block]:
    return [Subheading(runs_of(_string(value, where), where))]


def _read_quotation(value: object, where: str) -> list[Block]:
    fields = _fields(value, {"text", *TOLD_OF_QUOTE}, where)
    return [Quote(runs_of(fields["text"], where), *(fields[key] for key in TOLD_OF_QUOTE))]


def _read_picture(value: object, where: str) -> list[Block]:
    fields = _fields(value, set(TOLD_OF_PICTURE), where)
    if not fields["src"] and any(fields.values()):
        raise refused(where, _("no picture is chosen"))
    return [Picture(*(fields[key] for key in TOLD_OF_PICTURE))]


def _read_embed(value: object, where: str) -> list[Block]:
    return [Embed(_string(value, where).strip())]


def _read_wall(value: object, where: str) -> list[Block]:
    if value not in (None, ""):
        raise refused(where, _("a wall holds no text"))
    return [Wall()]


def _read_table(value: object, where: str) -> list[Block]:
    if not isinstance(value, Mapping) or set(value) != {"header", "grid"}:
        raise refused(where, _("it has fields that are not ours"))
    headings, rows = _read_grid(value["grid"], where)
    flagged = bool(value["header"])
    if not any(headings):
        return [Table(rows, flagged)]
    if flagged:
        raise refused(where, _("it has column headings and a first row marked as header; keep one of them"))
    return [Table((tuple(_plain(heading) for heading in headings), *rows), header=True)]


def _read_grid(grid: object, where: str) -> tuple[list[str], tuple[tuple[Runs, ...], ...]]:
    if not grid:
        return [], ()
    if not isinstance(grid, Mapping) or set(grid) - {"columns", "rows", "caption"}:
        raise refused(where, _("it has fields that are not ours"))
    if grid.get("caption"):
        raise refused(where, _("a table carries no caption; put it into a subheading above"))
    headings = [_string(_fields(column, {"type", "heading"}, where)["heading"], where) for column in grid["columns"]]
    rows = []
    for row in grid["rows"]:
        if not isinstance(row, Mapping) or set(row) != {"values"} or len(row["values"]) != len(headings):
            raise refused(where, _("a row does not fit its columns"))
        rows.append(tuple(runs_of(_string(cell, where), where) for cell in row["values"]))
    return headings, tuple(rows)


def _plain(text: str) -> Runs:
    return join_runs([Run(text)])


def _string(value: object, where: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise refused(where, _("it is not text"))
    return value


def _fields(value: object, known: set[str], where: str) -> dict[str, str]:
    if not isinstance(value, Mapping) or set(value) - known:
        raise refused(where, _("it has fields that are not ours"))
    return {key: _string(value.get(key), where) for key in known}


_READ: Final[dict[str, Callable[[object, str], list[Block]]]] = {
    "text": _read_text,
    "subheading": _read_subheading,
    "quotation": _read_quotation,
    "table": _read_table,
    "picture": _read_picture,
    "embed": _read_embed,
    "wall": _read_wall,
}
