"""From a story's free blocks to HTML, for pages and for feeds.

Promises:
- every word of the copy is escaped here, once; nothing of a body is ever passed through;
- no address of another host is loaded: pictures are our own files, embeds are plain links;
- the dateline stands once, first in the text: a picture that opens a story stands above it.

A `quote` mark changes nothing to see: the copy's own quotation marks stand in its text, and `<q>` would double them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from typing import Final
from urllib.parse import urlsplit

from dateline.formats.body import (
    Block,
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
    text_of,
)
from dateline.formats.story_card import PictureFile, StoryCard
from dateline.site.interface import Texts

PICTURE_SIZES = "(min-width:44em) 40em, 100vw"
"""How wide a picture stands in the text, for the browser's choice among its files."""


def escaped(text: str) -> str:
    """Text for an element's content. Quotes stay as they are: they end nothing there, and letters stay letters."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Text for an attribute in double quotes."""
    return escaped(text).replace('"', "&quot;")


@dataclass(frozen=True, slots=True)
class Rendering:
    """How one story's blocks are written.

    Args:
        root: what comes before an address of our own: the relative way to the root, or the site's URL for feeds.
        plain: for feeds: no srcset, no attributes that only our own style sheet and pages know.
    """

    words: Texts
    root: str
    linked: dict[str, str]
    pictures: dict[str, PictureFile]
    plain: bool = False


def rendering(card: StoryCard, words: Texts, root: str, *, plain: bool = False) -> Rendering:
    linked = {story.uid: story.address for story in card.linked if story.has_text}
    return Rendering(words, root, linked, {picture.ref: picture for picture in card.pictures}, plain)


def body_html(card: StoryCard, how: Rendering) -> str:
    """The free text, dateline first; "" where there is neither."""
    made, opening = _blocks(card.body, how), _opening(card, how)
    if opening:
        at = sum(1 for _ in takewhile(lambda block: isinstance(block, Picture), card.body))
        if isinstance(next(iter(card.body[at:]), None), Paragraph):
            made[at] = f"<p>{opening} {made[at].removeprefix('<p>')}"
        else:
            made.insert(at, f"<p>{opening}</p>")
    return "\n".join(filter(None, made))


def _opening(card: StoryCard, how: Rendering) -> str:
    if card.dateline is None or not card.dateline.text:
        return ""
    text = escaped(card.dateline.text)
    return text if how.plain else f'<b class="dl">{text}</b>'


def _blocks(blocks: Iterable[Block], how: Rendering) -> list[str]:
    made: list[str] = []
    pictures = 0
    for block in blocks:
        if isinstance(block, Picture):
            made.append(_picture(block, how, is_first=not pictures))
            pictures += 1
        else:
            made.append(_block(block, how))
    return made


def _block(block: Block, how: Rendering) -> str:
    match block:
        case Paragraph(runs):
            return f"<p>{_runs(runs, how)}</p>"
        case Subheading(runs):
            return f"<h2>{_runs(runs, how)}</h2>"
        case Quote():
            return _quote(block, how)
        case ListBlock(items, ordered):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{_runs(item, how)}</li>' for item in items)}</{tag}>"
        case Table():
            return _table(block, how)
        case Embed(url):
            return f"<p>{_embed(url, how)}</p>"
        case Wall() | Picture():
            return ""


def _runs(runs: Runs, how: Rendering) -> str:
    return "".join([escaped(run.text) if not run.marks else _run(run, how) for run in runs])


def _run(run: Run, how: Rendering) -> str:
    text = escaped(run.text)
    if "italic" in run.marks:
        text = f"<em>{text}</em>"
    if "bold" in run.marks:
        text = f"<strong>{text}</strong>"
    return _link(run.href, text, how) if run.href else text


def _link(href: str, text: str, how: Rendering) -> str:
    """A link where one may stand, else the bare text: a name, a story that is not out, a path of nobody's site."""
    target = _target(href.strip(), how)
    return f'<a href="{quoted(target)}">{text}</a>' if target else text


def _target(href: str, how: Rendering) -> str:
    low = href.lower()
    if low.startswith(("http:", "https:", "mailto:")):
        return href
    if low.startswith("story:"):
        address = how.linked.get(href[6:])
        return how.root + address if address else ""
    # An old path of our own site may have a redirect; "//host" would leave it.
    return how.root + href[1:] if href.startswith("/") and not href.startswith(("//", "/\\")) else ""


def _quote(quote: Quote, how: Rendering) -> str:
    said = f"<blockquote><p>{_runs(quote.runs, how)}</p></blockquote>"
    source = ", ".join(filter(None, (quote.speaker, quote.outlet, quote.said_on)))
    if not source:
        return said
    if how.plain:
        return f"{said}<p>{escaped(source)}</p>"
    return f'<figure class="qt">{said}<figcaption>{escaped(source)}</figcaption></figure>'


_FIGURE: Final = re.compile(r"[+\-\u2212\u2013]?[\d\s.,:/]*\d[\d\s.,]*\s?[%‰$€£₽]?")
"""A cell that is a number, so that its column stands flush right and its digits under each other."""


def _table(table: Table, how: Rendering) -> str:
    columns = [] if how.plain else _columns(table)
    rows = [_row(row, columns, how, is_head=table.header and not at) for at, row in enumerate(table.rows)]
    head = f"<thead>{rows.pop(0)}</thead>" if table.header and rows else ""
    made = f"<table>{head}<tbody>{''.join(rows)}</tbody></table>"
    if how.plain:
        return made
    # Reachable by keyboard, or nobody without a mouse could scroll it (WCAG 2.1.1). A group, for two tables may
    # stand in one story and landmarks need names of their own.
    return f'<div class="tb" role="group" aria-label="{quoted(how.words["table"])}" tabindex="0">{made}</div>'


def _row(row: tuple[Runs, ...], columns: list[str], how: Rendering, *, is_head: bool) -> str:
    opening, closing = ('<th scope="col"', "</th>") if is_head else ("<td", "</td>")
    cells = zip(row, columns or [""] * len(row), strict=False)  # there are as many columns as the longest row has cells
    return f"<tr>{''.join([f'{opening}{column}>{_runs(cell, how)}{closing}' for cell, column in cells])}</tr>"


def _columns(table: Table) -> list[str]:
    """What the cells of each column carry: the class of figures where all below the header are figures."""
    rows = table.rows[1:] if table.header else table.rows
    columns = zip_longest(*rows, fillvalue=())
    return [' class="n"' if all(_is_figure(cell) for cell in column) else "" for column in columns]


def _is_figure(cell: Runs) -> bool:
    return bool(_FIGURE.fullmatch(text_of(cell).strip()))


def _embed(url: str, how: Rendering) -> str:
    try:
        host = urlsplit(url).hostname or url
    except ValueError:
        return escaped(url)
    return _link(url, escaped(how.words["embed"].format(host=host)), how)


def _picture(picture: Picture, how: Rendering, *, is_first: bool) -> str:
    """A picture of ours with its words; of a picture we do not hold, the words alone, never its address."""
    held = how.pictures.get(picture.src)
    credit = f"<small>{escaped(picture.credit)}</small>" if picture.credit else ""
    told = " ".join(filter(None, (escaped(picture.caption), credit)))
    if held is None or not held.sizes:
        if not told:
            return ""
        return f"<p>{told}</p>" if how.plain else f"<figure><figcaption>{told}</figcaption></figure>"
    shown = _image(picture, held, how) if how.plain else _sources(picture, held, how, is_first=is_first)
    return f"<figure>{shown}{f'<figcaption>{told}</figcaption>' if told else ''}</figure>"


def picture_address(stem: str, form: str) -> str:
    """Below the site's root."""
    return f"media/{stem}.{form}"


def _image(picture: Picture, held: PictureFile, how: Rendering, more: str = "") -> str:
    width, height, stem = held.sizes[-1]
    src = how.root + picture_address(stem, "jpg")
    return f'<img src="{quoted(src)}" alt="{quoted(picture.alt)}" width="{width}" height="{height}"{more}>'


def _sources(picture: Picture, held: PictureFile, how: Rendering, *, is_first: bool) -> str:
    lazy = "" if is_first else ' loading="lazy"'
    more = f' srcset="{_srcset(held, "jpg", how)}" sizes="{PICTURE_SIZES}"{lazy} decoding="async"'
    sources = "".join(
        f'<source type="image/{form}" srcset="{_srcset(held, form, how)}" sizes="{PICTURE_SIZES}">'
        for form in ("avif", "webp")
    )
    return f"<picture>{sources}{_image(picture, held, how, more)}</picture>"


def _srcset(held: PictureFile, form: str, how: Rendering) -> str:
    return quoted(", ".join(f"{how.root}{picture_address(stem, form)} {width}w" for width, _, stem in held.sizes))
