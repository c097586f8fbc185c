"""From sound HTML, tag by tag, to blocks: the half of `html_blocks` that decides what each tag means for copy.

A line of runs is collected until a block ends it; then it goes where the innermost holder says: an item of a list, a
cell of a table, the caption of a figure, or a paragraph, subheading or quotation of the body.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import Final

from dateline.formats.body import (
    Block,
    Body,
    Embed,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Subheading,
    Wall,
    clean_line,
    clean_text,
    is_safe_src,
    join_runs,
    text_of,
)
from dateline.formats.html_holders import (
    Holder,
    OpenFigure,
    OpenList,
    OpenTable,
    absolute,
    blocks_of,
    join_line,
    reopened,
)

EMBEDDED: Final = ("iframe", "embed", "video", "audio", "source")
WALL_CLASS: Final = "dateline-wall"
_VOID: Final = ("br", "hr", "img", "embed", "source")
_MARKS: Final = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "q": "quote", "cite": "italic"}
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_SPACES: Final = re.compile(r"[ \t\n\r\f\v]+")
_TOKEN: Final = re.compile(r'<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^\s=">]+="[^"]*")*)>|[^<]+|<')
_ATTRIBUTE: Final = re.compile(r'\s([^\s=">]+)="([^"]*)"')
_BREAKS: Final = re.compile(r"\n[ \t]*\n\s*")


def tidy(runs: list[Run]) -> Runs:
    """The runs with white space as a browser shows it: one space, none at the ends. No-break spaces stay."""
    made: list[Run] = []
    ends_in_space = True
    for run in runs:
        text = _SPACES.sub(" ", clean_text(run.text))
        if ends_in_space:
            text = text.removeprefix(" ")
        if text:
            ends_in_space = text.endswith(" ")
            made.append(Run(text, run.marks, run.href))
    while made and not made[-1].text.rstrip():
        made.pop()
    while made and not made[0].text.lstrip():
        made.pop(0)
    if made:
        made[-1] = Run(made[-1].text.rstrip(), made[-1].marks, made[-1].href)
        made[0] = Run(made[0].text.lstrip(), made[0].marks, made[0].href)
    return join_runs(made)


class Flow:
    """Feed it the output of nh3, then ask for `finished()`. What had to be left out is counted in `notes`."""

    def __init__(self, notes: Counter[str], *, loose: bool, base: str) -> None:
        self._notes, self._loose, self._base = notes, loose, base
        self._blocks: list[Block] = []
        self._holders: list[Holder] = []
        self._line: list[Run] = []
        self._open: list[str] = []
        self._depth: Counter[str] = Counter()
        self._marks: tuple[str, ...] = ()
        self._href = ""
        self._speaking = False

    # --- tags and words, one after another --------------------------------------------------------------------

    def feed(self, html: str) -> None:
        """Take all of it in. nh3 writes every tag whole and every attribute in double quotes; the rest is words."""
        for token in _TOKEN.finditer(html):
            closing, tag, attributes = token.groups()
            if tag is None:
                self._words(unescape(token.group()))
            elif closing:
                self._end_tag(tag)
            else:
                self._start_tag(tag, {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)})

    def _start_tag(self, tag: str, said: dict[str, str]) -> None:
        if tag in _VOID:
            self._void(tag, said)
            return
        role = _role(tag, said.get("class", ""))
        if role == "a":
            self._href = self._address(said.get("href", ""))
        elif role == "cite" and self._depth["blockquote"] and not tidy(self._line) and self._quoted():
            self._speaking = True
        elif role not in _MARKS:
            self._flush()
            self._begin(role, said)
        self._open.append(role)
        self._depth[role] += 1
        self._remark(role)

    def _end_tag(self, tag: str) -> None:
        if tag in _VOID or not self._open:
            return
        role = self._open.pop()
        if role not in _MARKS and role != "a":
            self._flush()
            self._end(role)
        elif role == "cite" and self._speaking:
            self._flush()
            self._speaking = False
        self._depth[role] -= 1
        self._remark(role)

    def _remark(self, role: str) -> None:
        """The marks of what follows, after a tag that sets or ends one."""
        if role == "a":
            self._href = self._href if self._depth["a"] else ""
        if role == "a" or role in _MARKS:
            marks = [
                mark for tag, mark in _MARKS.items() if self._depth[tag] and not (tag == "cite" and self._speaking)
            ]
            self._marks = tuple([*marks, "link"] if self._href else marks)

    def _words(self, data: str) -> None:
        if self._depth["pre"] or (self._loose and not self._depth["p"]):
            pieces = data.split("\n")
        else:
            pieces = _BREAKS.split(data) if self._loose else [data]
        for at, piece in enumerate(pieces):
            if at:
                self._flush()
            self._line.append(self._run(piece))

    def finished(self) -> Body:
        self._flush()
        while self._holders:
            self._close_holder()
        return tuple(self._blocks)

    # --- tags -----------------------------------------------------------------------------------------------

    def _begin(self, role: str, said: dict[str, str]) -> None:
        holder = self._holders[-1] if self._holders else None
        if role in ("ul", "ol"):
            self._begin_list(role == "ol", holder)
        elif role == "li" and isinstance(holder, OpenList):
            holder.items.append([])
            holder.is_open = True
        elif role == "table" and isinstance(holder, OpenTable):
            holder.level += 1
        elif role == "table":
            self._holders.append(OpenTable())
        elif role == "tr" and isinstance(holder, OpenTable):
            holder.rows.append([])
        elif role in ("td", "th") and isinstance(holder, OpenTable):
            self._begin_cell(holder, is_head=role == "th")
        elif role == "figure":
            self._holders.append(OpenFigure("embed" in said.get("class", ""), self._depth["blockquote"]))
        elif role in EMBEDDED:
            self._embed(said.get("src", ""))

    def _begin_list(self, ordered: bool, holder: Holder | None) -> None:
        if isinstance(holder, OpenList):  # a list in a list is read as further items of the outer one
            holder.level += 1
            holder.is_open = False
        elif not isinstance(holder, OpenTable):
            self._holders.append(OpenList(ordered))

    def _begin_cell(self, table: OpenTable, *, is_head: bool) -> None:
        if not table.rows:
            table.rows.append([])
        if len(table.rows) == 1:
            table.heads.append(is_head)
        table.rows[-1].append([])

    def _end(self, role: str) -> None:
        holder = self._holders[-1] if self._holders else None
        if role in ("ul", "ol") and isinstance(holder, OpenList):
            holder.is_open = False
        if (role in ("ul", "ol") and isinstance(holder, OpenList)) or (
            role == "table" and isinstance(holder, OpenTable)
        ):
            holder.level -= 1
            if holder.level == 0:
                self._close_holder()
        elif role == "figure" and isinstance(holder, OpenFigure):
            self._close_holder()

    def _void(self, tag: str, said: dict[str, str]) -> None:
        if tag == "img":
            self._picture(said)
            return
        self._flush()
        if tag == "hr" and said.get("class") == WALL_CLASS:
            self._wall()
        elif tag in EMBEDDED:
            self._embed(said.get("src", ""))

    def _wall(self) -> None:
        """Close whatever is open, so that nothing behind the wall joins a block before it."""
        again = [reopened(holder) for holder in self._holders]
        while self._holders:
            self._close_holder()
        self._blocks.append(Wall())
        self._holders = again

    def _picture(self, said: dict[str, str]) -> None:
        if re.search("emoji|smiley", said.get("class", "")) and said.get("alt"):
            self._line.append(self._run(said["alt"]))
            return
        src = next(filter(None, (said.get(name, "") for name in ("src", "data-src", "data-lazy-src"))), "")
        if not src or (said.get("width") == "1" and said.get("height") == "1"):
            return
        shown = absolute(src, self._base)
        if not shown or not is_safe_src(shown) or shown.startswith(("picture:", "#")):
            self._notes["a picture with an address that cannot be shown left out"] += 1
            return
        self._flush()
        self._place_picture(Picture(shown, clean_line(said.get("alt", ""))))

    def _place_picture(self, picture: Picture) -> None:
        holder = self._holders[-1] if self._holders else None
        blocks = holder.blocks if isinstance(holder, OpenFigure) else holder.after if holder else self._blocks
        last = blocks[-1] if blocks else None
        if isinstance(last, Picture) and last.src == picture.src:  # a lazy picture and its stand-in for no script
            blocks[-1] = Picture(last.src, last.alt or picture.alt)
            return
        if isinstance(holder, OpenFigure):
            holder.pictures.append(len(blocks))
        blocks.append(picture)

    def _embed(self, src: str) -> None:
        url = absolute(src, self._base)
        if url.startswith("https://"):
            self._emit(Embed(url))
        elif src:
            self._notes[f"an embedded page without https left out: {clean_line(src)[:80]}"] += 1

    # --- lines ----------------------------------------------------------------------------------------------

    def _run(self, text: str) -> Run:
        return Run(text, self._marks, self._href)

    def _address(self, href: str) -> str:
        return "" if href.startswith("#") else absolute(href, self._base)

    def _flush(self) -> None:
        runs, self._line = tidy(self._line), []
        if runs:
            self._place(runs)

    def _place(self, runs: Runs) -> None:
        holder = self._holders[-1] if self._holders else None
        if self._speaking and self._quoted():
            self._name_speaker(runs)
        elif isinstance(holder, OpenList):
            if not holder.is_open:
                holder.items.append([])
                holder.is_open = True
            join_line(holder.items[-1], runs)
        elif isinstance(holder, OpenTable):
            if holder.rows and holder.rows[-1] and (self._depth["td"] or self._depth["th"]):
                join_line(holder.rows[-1][-1], runs)
            else:
                holder.before.append(self._block(runs))
        elif isinstance(holder, OpenFigure) and self._depth["figcaption"]:
            join_line(holder.caption, runs)
        elif isinstance(holder, OpenFigure) and self._depth["blockquote"] == holder.quotes:
            join_line(holder.loose, runs)
        else:
            self._emit(self._block(runs))

    def _block(self, runs: Runs) -> Block:
        if any(self._depth[heading] for heading in _HEADINGS):
            return Subheading(runs)
        return Quote(runs) if self._depth["blockquote"] else Paragraph(runs)

    def _emit(self, block: Block) -> None:
        holder = self._holders[-1] if self._holders else None
        if holder is None:
            self._blocks.append(block)
        else:
            (holder.blocks if isinstance(holder, OpenFigure) else holder.after).append(block)

    def _quoted(self) -> bool:
        holder = self._holders[-1] if self._holders else None
        blocks = self._blocks if holder is None else holder.blocks if isinstance(holder, OpenFigure) else holder.after
        return bool(blocks) and isinstance(blocks[-1], Quote)

    def _name_speaker(self, runs: Runs) -> None:
        holder = self._holders[-1] if self._holders else None
        blocks = self._blocks if holder is None else holder.blocks if isinstance(holder, OpenFigure) else holder.after
        quote = blocks[-1]
        if isinstance(quote, Quote):
            said_by = " ".join(filter(None, (quote.speaker, clean_line(text_of(runs)))))
            blocks[-1] = Quote(quote.runs, said_by, quote.outlet, quote.said_on)

    def _close_holder(self) -> None:
        for block in blocks_of(self._holders.pop()):
            self._emit(block)


def _role(tag: str, classes: str) -> str:
    """What a tag means: WordPress's captions were written as plain boxes before figures were."""
    names = classes.split()
    if "wp-caption" in names or "gallery-item" in names:
        return "figure"
    if "wp-caption-text" in names or "gallery-caption" in names:
        return "figcaption"
    return tag
