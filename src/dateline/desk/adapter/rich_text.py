"""Text as the editor's field stores it (a small HTML) and as our runs with marks.

Promises kept here:
- `flow_of(html_of_flow(flow)) == flow`, and the other way round for HTML that the editor itself writes;
- a tag, an attribute or a nesting that is not in the tables below raises `BodyError`; nothing is left out.

The HTML is what Draftail's exporter writes: tags of running text stay open over neighbouring runs in the order of
`MARKS`; inside a link, and right after one, each run has its own (draftjs_exporter 7, `HTML.render_block`).
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from itertools import groupby
from typing import Final, TypeAlias

from django.utils.translation import gettext as _

from dateline.desk.adapter.refusing import refused
from dateline.formats.body import MARKS, ListBlock, Paragraph, Run, Runs, join_runs

Flow: TypeAlias = tuple[Paragraph | ListBlock, ...]

TAG_OF: Final = {"bold": "b", "italic": "i", "quote": "q"}
MARK_OF: Final = {tag: mark for mark, tag in TAG_OF.items()}
LINK_TYPES: Final = ("story", "name")
"""Links inside the record: `<a linktype="story" id="UID">` is our `story:UID`."""
LISTS: Final = {"ul": False, "ol": True}
BLOCK_KEY: Final = "data-block-key"
"""Draftail's own number of a paragraph: it says nothing about the copy, so it is read past and not written."""


# --- writing ----------------------------------------------------------------------------------------------------


def html_of(runs: Iterable[Run]) -> str:
    """The inside of one paragraph."""
    made = []
    after_link = False
    for href, group in groupby(runs, key=lambda run: run.href):
        same = list(group)
        if href:
            made.append(f"<a {_link(href)}>{''.join(map(_alone, same))}</a>")
        else:
            first = same[:1] if after_link else []
            made += [*map(_alone, first), _continued(same[len(first) :])]
        after_link = bool(href)
    return "".join(made)


def html_of_flow(flow: Iterable[Paragraph | ListBlock]) -> str:
    """Paragraphs and lists as one field holds them."""
    return "".join(_list(block) if isinstance(block, ListBlock) else paragraph(block.runs) for block in flow)


def paragraph(runs: Runs) -> str:
    return f"<p>{html_of(runs)}</p>"


def link_attributes(href: str) -> dict[str, str]:
    """How a link is stored: by its place in the record where it has one, else by its address."""
    kind, colon, rest = href.partition(":")
    return {"linktype": kind, "id": rest} if colon and kind in LINK_TYPES else {"href": href}


def _link(href: str) -> str:
    return " ".join(f'{name}="{html.escape(value)}"' for name, value in link_attributes(href).items())


def _list(block: ListBlock) -> str:
    tag = "ol" if block.ordered else "ul"
    return f"<{tag}>{''.join(f'<li>{html_of(item)}</li>' for item in block.items)}</{tag}>"


def _text(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br/>")


def _marks(run: Run) -> list[str]:
    return [mark for mark in MARKS if mark in run.marks and mark in TAG_OF]


def _alone(run: Run) -> str:
    marks = _marks(run)
    opened = "".join(f"<{TAG_OF[mark]}>" for mark in marks)
    return opened + _text(run.text) + "".join(f"</{TAG_OF[mark]}>" for mark in reversed(marks))


def _continued(runs: Sequence[Run]) -> str:
    made: list[str] = []
    opened: list[str] = []
    for marks, text in [(_marks(run), _text(run.text)) for run in runs] + [([], "")]:
        kept = 0
        while kept < min(len(opened), len(marks)) and opened[kept] == marks[kept]:
            kept += 1
        made += [f"</{TAG_OF[mark]}>" for mark in reversed(opened[kept:])]
        made += [f"<{TAG_OF[mark]}>" for mark in marks[kept:]]
        made.append(text)
        opened = marks
    return "".join(made)


# --- reading ----------------------------------------------------------------------------------------------------


def flow_of(text: str, where: str) -> Flow:
    """The paragraphs and lists of a field; those without a word are left out.

    Raises:
        BodyError: names the tag, attribute or nesting that is not ours.
    """
    reader = _Reader(where)
    reader.feed(text)
    reader.close()
    return reader.flow()


def runs_of(text: str, where: str) -> Runs:
    """A field that holds one stretch of text: its paragraphs are joined by line ends.

    Raises:
        BodyError: as `flow_of`, and for a list.
    """
    lines: list[Run] = []
    for block in flow_of(text, where):
        if isinstance(block, ListBlock):
            raise refused(where, _("a list has no place here"))
        lines += [Run("\n"), *block.runs] if lines else block.runs
    return join_runs(lines)


class _Reader(HTMLParser):
    """One field, read strictly. `_open` holds the tags we are inside of, outermost first."""

    def __init__(self, where: str) -> None:
        super().__init__(convert_charrefs=True)
        self._where = where
        self._open: list[str] = []
        self._href = ""
        self._runs: list[Run] = []
        self._items: list[Runs] = []
        self._flow: list[Paragraph | ListBlock] = []

    def flow(self) -> Flow:
        if self._open:
            raise refused(self._where, _("<%(tag)s> is never closed") % {"tag": self._open[-1]})
        return tuple(self._flow)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check_place(tag)
        if tag == "a":
            self._href = self._href_of(dict(attrs))
        else:
            self._check_attributes(tag, attrs)
        if tag == "br":
            self.handle_data("\n")
        else:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag != "br":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise refused(self._where, _("</%(tag)s> closes what is not open") % {"tag": tag})
        if tag == "a":
            self._href = ""
        elif tag in ("p", "li"):
            self._end_of_text(tag)
        elif tag in LISTS and self._items:
            self._flow.append(ListBlock(tuple(self._items), LISTS[tag]))
            self._items = []

    def handle_data(self, data: str) -> None:
        if not any(tag in ("p", "li") for tag in self._open):
            if data.strip():
                raise refused(self._where, _("text outside of a paragraph"))
            return
        marks = {MARK_OF[tag] for tag in self._open if tag in MARK_OF} | ({"link"} if self._href else set())
        self._runs.append(Run(data, tuple(marks), self._href))

    def handle_comment(self, data: str) -> None:
        raise refused(self._where, _("a comment of HTML"))

    def handle_decl(self, decl: str) -> None:
        raise refused(self._where, _("a declaration of HTML"))

    def handle_pi(self, data: str) -> None:
        raise refused(self._where, _("an instruction of HTML"))

    def unknown_decl(self, data: str) -> None:
        raise refused(self._where, _("a declaration of HTML"))

    def _end_of_text(self, tag: str) -> None:
        runs, self._runs = join_runs(self._runs), []
        if runs and tag == "p":
            self._flow.append(Paragraph(runs))
        elif runs:
            self._items.append(runs)

    def _check_place(self, tag: str) -> None:
        inside = self._open[-1] if self._open else ""
        if tag == "p" or tag in LISTS:
            allowed = not inside
        elif tag == "li":
            allowed = inside in LISTS
        elif tag in MARK_OF or tag in ("a", "br"):
            allowed = any(outer in ("p", "li") for outer in self._open) and not (tag == "a" and "a" in self._open)
        else:
            raise refused(self._where, _("the tag <%(tag)s> is not one of ours") % {"tag": tag[:40]})
        if not allowed:
            place = {"tag": tag, "inside": inside}
            raise refused(self._where, _("<%(tag)s> has no place inside <%(inside)s>") % place)

    def _check_attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {BLOCK_KEY} if tag in ("p", "li") else set()
        for name, _value in attrs:
            if name not in known:
                told = {"name": name[:40], "tag": tag}
                raise refused(self._where, _("the attribute %(name)s of <%(tag)s> is not one of ours") % told)

    def _href_of(self, attrs: dict[str, str | None]) -> str:
        if set(attrs) == {"href"} and attrs["href"]:
            return attrs["href"]
        kind, uid = attrs.get("linktype"), attrs.get("id")
        if set(attrs) == {"linktype", "id"} and kind in LINK_TYPES and uid:
            return f"{kind}:{uid}"
        raise refused(self._where, _("a link that does not say where it leads"))
