"""What gathers blocks while HTML is read: an open list, table or figure; and which of its addresses are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias
from urllib.parse import urljoin

from dateline.formats.body import (
    Block,
    Embed,
    ListBlock,
    Paragraph,
    Picture,
    Run,
    Runs,
    Table,
    clean_text,
    is_safe_href,
    join_runs,
    text_of,
)

LONGEST_ADDRESS: Final = 2_000


@dataclass
class OpenList:
    ordered: bool
    items: list[list[Run]] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    level: int = 1
    is_open: bool = False


@dataclass
class OpenTable:
    rows: list[list[list[Run]]] = field(default_factory=list)
    heads: list[bool] = field(default_factory=list)
    before: list[Block] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    level: int = 1


@dataclass
class OpenFigure:
    is_embed: bool
    quotes: int
    blocks: list[Block] = field(default_factory=list)
    loose: list[Run] = field(default_factory=list)
    caption: list[Run] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)


Holder: TypeAlias = OpenList | OpenTable | OpenFigure


def absolute(address: str, base: str) -> str:
    """The address as we may show it, "" where we may not: `//host` becomes https, a relative one joins `base`.

    White space inside is read as browsers do (URL 4.4): tabs and line ends are nothing, a space is %20.
    """
    bare = clean_text(address).strip().replace("\n", "").replace("\t", "").replace(" ", "%20")
    if bare.startswith("//"):
        bare = "https:" + bare
    try:
        joined = urljoin(base, bare) if base and bare else bare
    except ValueError:
        return ""
    # `story:` and `name:` point inside our record: no sender may.
    is_ours = joined.lower().startswith(("story:", "name:", "picture:"))
    return joined if is_safe_href(joined) and not is_ours and len(joined) <= LONGEST_ADDRESS else ""


def join_line(line: list[Run], runs: Runs) -> None:
    if line:
        line.append(Run(" "))
    line.extend(runs)


def reopened(holder: Holder) -> Holder:
    if isinstance(holder, OpenList):
        return OpenList(holder.ordered, level=holder.level)
    return (
        OpenTable(level=holder.level) if isinstance(holder, OpenTable) else OpenFigure(holder.is_embed, holder.quotes)
    )


def blocks_of(holder: Holder) -> list[Block]:
    if isinstance(holder, OpenFigure):
        return _figure(holder)
    if isinstance(holder, OpenList):
        items = tuple(join_runs(item) for item in holder.items if item)
        return [*([ListBlock(items, holder.ordered)] if items else []), *holder.after]
    rows = tuple(tuple(join_runs(cell) for cell in row) for row in holder.rows if any(row))
    header = bool(holder.heads) and all(holder.heads)
    return [*holder.before, *([Table(rows, header)] if rows else []), *holder.after]


def _figure(figure: OpenFigure) -> list[Block]:
    address = text_of(join_runs(figure.loose))
    blocks = figure.blocks
    if figure.is_embed and address.startswith("https://") and absolute(address, "") and " " not in address:
        return [*blocks, Embed(address), *([Paragraph(join_runs(figure.caption))] if figure.caption else [])]
    if figure.caption:
        join_line(figure.loose, join_runs(figure.caption))
    words = join_runs(figure.loose)
    if words and len(figure.pictures) == 1:
        picture = blocks[figure.pictures[0]]
        if isinstance(picture, Picture):
            blocks[figure.pictures[0]] = Picture(picture.src, picture.alt, text_of(words))
            return blocks
    return [*blocks, *([Paragraph(words)] if words else [])]
