"""The small markup in which the demonstration stories are written, read into a body.

Blocks stand apart by a blank line; lines inside a block are joined by a space.

    A paragraph with **bold**, _italic_, a [link](https://river.example/) and a [story](story:brod-bridge).

    ## A subheading

    > A quotation set apart.
    > -- Speaker, role, outlet, day

    - one item
    - another

    | a table's header | always first |
    | a cell           | another      |

    [[picture harbour]]

    [[wall]]

`~` is a no-break space. In the line under a quotation the last two parts are the outlet and the day; what stands
before them is the speaker.

Promises kept here:
- what is not listed above raises `BodyError` and names the place; nothing is kept as raw signs;
- a link to `story:EVENT` comes out as whatever `find_story` says that event is called.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dateline.errors import BodyError
from dateline.formats.body import (
    Block,
    Body,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Subheading,
    Table,
    Wall,
    clean_line,
    is_safe_href,
    join_runs,
)

_INLINE: Final = re.compile(
    r"\*\*(?P<bold>[^*]+)\*\*|_(?P<italic>[^_]+)_|\[(?P<label>[^\[\]]+)\]\((?P<href>[^()\s]+)\)"
)
_SIGNS: Final = ("**", "_", "[", "]", "](")
_LINE_MARKS: Final = ("#", "> ", "- ", "| ", "[[", "-- ")
_PICTURE: Final = re.compile(r"\[\[picture ([a-z-]+)\]\]")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a body may point at.

    Args:
        where: the file and language, for refusals.
        pictures: the pictures the story has, by name, each ready to be placed.
        find_story: the link target for an event's slug; raises `BodyError` for one that is not there.
    """

    where: str
    pictures: dict[str, Picture]
    find_story: Callable[[str], str]


def read_body(text: str, around: Surroundings) -> Body:
    """The whole body.

    Raises:
        BodyError: a sign that is not ours, an unknown picture or story, or a picture of the story that is not placed.
    """
    body = tuple(_read_block(lines, around) for lines in _chunks(text))
    placed = [block.src for block in body if isinstance(block, Picture)]
    if sorted(placed) != sorted(picture.src for picture in around.pictures.values()):
        raise _refused(around, f"the pictures placed are {placed}, not those of the story")
    if sum(isinstance(block, Wall) for block in body) > 1:
        raise _refused(around, "two walls")
    return body


def _chunks(text: str) -> list[list[str]]:
    parts = re.split(r"\n\s*\n", text.strip())
    return [[line.strip() for line in part.splitlines()] for part in parts if part]


def _read_block(lines: list[str], around: Surroundings) -> Block:
    first = lines[0]
    if first == "[[wall]]" and len(lines) == 1:
        return Wall()
    if first.startswith("[[") and len(lines) == 1:
        return _read_picture(first, around)
    if first.startswith("## ") and len(lines) == 1:
        return Subheading(_read_runs(first[3:], around))
    if first.startswith("> "):
        return _read_quote(_bare(lines, "> ", around), around)
    if first.startswith("- "):
        return ListBlock(tuple(_read_runs(item, around) for item in _bare(lines, "- ", around)))
    if first.startswith("| "):
        return _read_table(lines, around)
    return _read_paragraph(lines, around)


def _read_paragraph(lines: list[str], around: Surroundings) -> Paragraph:
    for line in lines:
        if line.startswith(_LINE_MARKS):
            raise _refused(around, f"{line[:40]!r} starts like another block and stands in a paragraph")
    return Paragraph(_read_runs(" ".join(lines), around))


def _read_picture(line: str, around: Surroundings) -> Picture:
    named = _PICTURE.fullmatch(line)
    if not named or named[1] not in around.pictures:
        raise _refused(around, f"{line!r} is no picture of this story")
    return around.pictures[named[1]]


def _read_quote(lines: list[str], around: Surroundings) -> Quote:
    *said, told = lines
    parts = told.removeprefix("-- ").rsplit(", ", 2)
    if not said or not told.startswith("-- ") or len(parts) != 3:
        raise _refused(around, f"a quotation needs '-- Speaker, outlet, day' under it, not {told[:40]!r}")
    speaker, outlet, said_on = (_spaced(part) for part in parts)
    return Quote(_read_runs(" ".join(said), around), speaker, outlet, said_on)


def _read_table(lines: list[str], around: Surroundings) -> Table:
    rows = []
    for line in lines:
        if not (line.startswith("| ") and line.endswith(" |")):
            raise _refused(around, f"{line[:40]!r} is no row of a table")
        rows.append(tuple(_read_runs(cell.strip(), around) for cell in line[2:-2].split(" | ")))
    if len(rows) < 2 or len({len(row) for row in rows}) != 1:
        raise _refused(around, "the rows of a table differ in length, or there is only one")
    return Table(tuple(rows), header=True)


def _bare(lines: list[str], mark: str, around: Surroundings) -> list[str]:
    for line in lines:
        if not line.startswith(mark):
            raise _refused(around, f"{line[:40]!r} does not start with {mark!r} as the lines above it do")
    return [line.removeprefix(mark) for line in lines]


def _read_runs(text: str, around: Surroundings) -> Runs:
    runs, at = [], 0
    for found in _INLINE.finditer(text):
        runs += [_unmarked(text[at : found.start()], around), _marked(found, around)]
        at = found.end()
    runs.append(_unmarked(text[at:], around))
    return join_runs(runs)


def _unmarked(text: str, around: Surroundings) -> Run:
    for sign in _SIGNS:
        if sign in text:
            raise _refused(around, f"a stray {sign!r} in {text[:40]!r}")
    return Run(_spaced(text))


def _marked(found: re.Match[str], around: Surroundings) -> Run:
    if label := found["label"]:
        href = found["href"]
        target = around.find_story(href.removeprefix("story:")) if href.startswith("story:") else href
        if not target.startswith(("story:", "https://")) or not is_safe_href(target):
            raise _refused(around, f"a link to {href[:60]!r}; known are story:EVENT and https")
        return Run(_spaced(label), ("link",), target)
    return Run(_spaced(found["bold"] or found["italic"]), ("bold" if found["bold"] else "italic",))


def _spaced(text: str) -> str:
    """Text with its no-break spaces; done last, because cleaning a line would make them plain again."""
    lead, trail = (" " if text[:1] == " " else ""), (" " if text[-1:] == " " and text.strip() else "")
    return (lead + clean_line(text) + trail if text.strip() else text).replace("~", "\u00a0")


def _refused(around: Surroundings, what: str) -> BodyError:
    return BodyError(f"{around.where}: {what}.", "No story was read.", "Mend the markup (demo/markup.py lists it).")
