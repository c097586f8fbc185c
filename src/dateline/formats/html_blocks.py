"""HTML from strangers, as the blocks of a body.

Promises kept here:
- every word a reader could see in the HTML stands in the body, in its order; scripts, styles and comments are no words;
- a link, picture or embedded page with an address we cannot show is left out and counted in `repairs`;
- the body holds no HTML at all, so nothing of it can run; nh3 goes first and `html_flow` sees sound, small HTML;
- time grows with the length alone: deep nesting is refused before the parser that would be slow on it.

Source: HTML 13.2 (how browsers read it, followed by nh3); house shapes in docs/contracts/story-card.md, "body".
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from typing import Final

import nh3

from dateline.errors import BodyError
from dateline.formats.body import Body, Paragraph, clean_line, plain, plain_text
from dateline.formats.html_flow import EMBEDDED, WALL_CLASS, Flow
from dateline.formats.html_holders import absolute

DEEPEST: Final = 200
"""Levels of nesting of one story's HTML."""
MOST_TAGS: Final = 50_000
"""Tags of one story; the longest real ones have a tenth."""
MOST_REOPENED: Final = 1_000_000
"""Tags times bold, italic and links left open at once: a browser opens each of those again in every paragraph."""
_CLASSED: Final = ("figure", "figcaption", "div", "p", "hr", "img", "dl", "dd")
_TAGS: Final = frozenset(
    "a b strong i em q cite br hr p div section article header footer main aside nav address center form fieldset "  # noqa: SIM905 - a table
    "details summary dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre ul ol li table caption thead tbody tfoot tr td th "
    "figure figcaption img iframe embed video audio source".split()
)
_ATTRIBUTES: Final = {
    **{tag: {"class"} for tag in _CLASSED},
    "a": {"href"},
    "img": {"class", "src", "data-src", "data-lazy-src", "alt", "width", "height"},
    **{tag: {"src"} for tag in EMBEDDED},
}
# Their text is visible, but HTML parsers keep it as raw letters, or drop it as drawing (SVG 2, MathML Core), so the
# tags are taken away before.
_TRANSPARENT: Final = re.compile(
    r"</?(?:noscript|textarea|title|xmp|noembed|noframes|plaintext"
    r"|svg|text|tspan|textpath|tref|g|switch|desc|metadata|symbol|view|set|filter|mask|line|circle|ellipse|path|polygon"
    r"|polyline|rect|use|defs|pattern|marker|stop|animate\w*|mpath|clippath|\w+gradient|foreignobject"
    r"|math|m[ions]|mtext|mrow|mfrac|mover|munder\w*|msu[bp]\w*|msqrt|mroot|mtable|mtr|mtd|mpadded|mstyle|maction"
    r"|merror|mspace|mphantom|semantics|annotation[\w-]*|none)\b[^<>]*>?",
    re.IGNORECASE,
)
# nh3 0.3.8 takes quadratic time on literal & (1 s for 250,000 of them), so they pass it as a character no text may hold.
_AND: Final = "\ufdd0"
_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{0,40};?)?")
_SCHEME: Final = re.compile(r"(?:href|src)\s{0,5}=\s{0,5}[\"']?\s{0,5}([a-zA-Z][a-zA-Z0-9+.-]{0,30}):")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_ENDLESS: Final = re.compile(r"<[a-zA-Z](?:[^<>\s]*+\s++){5000}")
# Elements a browser reconstructs (HTML 13.2.4.3, the list of active formatting elements).
_REOPENED: Final = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
# Tags that never hold others, or that the next of their kind closes by itself: they do not nest.
_FLAT: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option optgroup thead "  # noqa: SIM905 - a table
    "tbody tfoot colgroup rt rp html head body".split()
)


@dataclass(frozen=True, slots=True)
class HtmlRead:
    body: Body
    repairs: tuple[str, ...] = ()


def read_html(html: str, *, loose: bool = False, base: str = "", walls: re.Pattern[str] | None = None) -> HtmlRead:
    """The blocks of some HTML.

    Args:
        html: as the sender wrote it, unsafe.
        loose: line ends part paragraphs, as in WordPress's classic editor.
        base: address against which relative links and pictures stand; "" leaves them as they are.
        walls: what marks the wall (a comment of the system it comes from); each match becomes a `Wall`.

    Raises:
        BodyError: nested, marked or tagged beyond what any story is.
    """
    notes: Counter[str] = Counter()
    flow = Flow(notes, loose=loose, base=base)
    flow.feed(_cleaned(html, walls, notes))
    told = tuple(text if times == 1 else f"{text} ({times} times)" for text, times in notes.items())
    return HtmlRead(flow.finished(), told)


def read_text(text: str) -> Body:
    """Plain text as paragraphs: parted by empty lines where there are any, else by line ends."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    pieces = re.split(r"\n[ \t]*\n", normal) if re.search(r"\n[ \t]*\n", normal) else normal.split("\n")
    return tuple(Paragraph(runs) for piece in pieces if (runs := plain(piece)))


def words_of(html: str) -> str:
    """One line of text from a title, caption or excerpt that may hold HTML."""
    if "<" not in html and "&" not in html:
        return clean_line(html)
    return clean_line(plain_text(read_html(html).body))


def _cleaned(html: str, walls: re.Pattern[str] | None, notes: Counter[str]) -> str:
    if "<" not in html and "&" not in html:
        return html
    # A wall is only what the caller's own mark says: text that names our class is not one.
    html = html.replace(WALL_CLASS, "")
    if walls:
        html = walls.sub(f'<hr class="{WALL_CLASS}">', html)
    html = _TRANSPARENT.sub("", html).replace("<![", "&lt;![")
    _refuse_hostile(html)

    def kept(tag: str, attribute: str, value: str) -> str | None:
        if attribute in ("href", "src") and value and not absolute(value, ""):
            notes[_left_out(tag, value)] += 1
            return None
        return value

    clean = nh3.clean(
        _REFERENCE.sub(_and_aside, html.replace(_AND, "")),
        tags=set(_TAGS),
        clean_content_tags={"script", "style"},
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=kept,
        link_rel=None,
        # All that are named here, so that `kept` sees and counts what it drops; it alone decides.
        url_schemes={"http", "https", "mailto", *map(str.lower, _SCHEME.findall(html))},
    )
    return clean.replace(_AND, "&amp;")


def _and_aside(found: re.Match[str]) -> str:
    character = unescape(found.group())
    return character.replace("&", _AND) if "&" in character else found.group()


def _left_out(tag: str, value: str) -> str:
    scheme = value.strip().lower().partition(":")[0][:12]
    what = {"a": "a link", "img": "a picture"}.get(tag, "an embedded page")
    return f"{what} with an address that cannot be shown ({scheme}:) left out"


def _refuse_hostile(html: str) -> None:
    """Refuse what would cost a parser more than its length: deep nesting, many open marks, endless tags."""
    depth = marks = most_marks = 0
    tags = _TAG.findall(html)
    if len(tags) > MOST_TAGS:
        raise _hostile(f"its HTML has {len(tags):,} tags; at most {MOST_TAGS:,} are read")
    if _ENDLESS.search(html):
        raise _hostile("its HTML has a tag of thousands of attributes")
    for closing, raw in tags:
        name = raw.lower()
        if name in _FLAT:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if name in _REOPENED:
            marks = max(0, marks - 1) if closing else marks + 1
            most_marks = max(marks, most_marks)
        if depth > DEEPEST:
            raise _hostile(f"its HTML nests more than {DEEPEST} deep")
    if most_marks * len(tags) > MOST_REOPENED:
        raise _hostile(f"its HTML leaves {most_marks} marks open over {len(tags):,} tags")


def _hostile(happened: str) -> BodyError:
    return BodyError(happened + ".", "This story was not taken in.", "Mend its HTML and file it again.")
