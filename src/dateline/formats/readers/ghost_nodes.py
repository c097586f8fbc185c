"""Ghost's two editors' documents (lexical, and mobiledoc before it) as pieces of HTML, one a top-level node.

Promises kept here:
- every node's words come out; a node we do not know gives the words found in it, and is named in `repairs`;
- a node shown to members only is marked so (`is_members`), and so is the paywall;
- what goes only into mail, and cards that only ask readers to sign up, are left out and named.

Each node is its own piece, so that HTML left open in one cannot swallow the next.
Sources: Lexical's serialised state; mobiledoc 0.3; Ghost's kg-default-nodes (names of cards and their fields).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from dateline.formats.readers.markdown_html import as_html


@dataclass(frozen=True, slots=True)
class Piece:
    """A top-level node. `is_wall`: the paywall itself; `left_out`: why there is no HTML; `unknown`: its name."""

    html: str
    is_wall: bool = False
    is_members: bool = False
    left_out: str = ""
    unknown: str = ""


_MAIL_ONLY: Final = ("email", "email-cta", "signup", "subscribe")
_FORMATS: Final = ((1, "strong"), (2, "em"))
_BLOCKS: Final = {
    "paragraph": "p",
    "extended-quote": "blockquote",
    "quote": "blockquote",
    "aside": "blockquote",
    "listitem": "li",
    "table": "table",
    "tablerow": "tr",
    "tablecell": "td",
}
_INLINE: Final = ("link", "autolink", "at-link")


def lexical_pieces(state: Mapping[str, Any]) -> list[Piece]:
    """The pieces of a lexical state; an empty list where it holds none."""
    root = state.get("root")
    nodes = root.get("children") if isinstance(root, Mapping) else None
    return [_piece(node) for node in _objects(nodes)]


def mobiledoc_pieces(document: Mapping[str, Any]) -> list[Piece]:
    """The pieces of a mobiledoc: markup sections, lists, pictures and cards."""
    pieces = []
    for section in document.get("sections") or ():
        if isinstance(section, list) and section:
            pieces.append(_section(section, document))
    return pieces


def _objects(nodes: object) -> Iterable[Mapping[str, Any]]:
    return (node for node in nodes if isinstance(node, Mapping)) if isinstance(nodes, list) else ()


def _said(fields: Mapping[str, Any], *keys: str) -> str:
    """The first of these fields that is text."""
    return next((value for key in keys if isinstance(value := fields.get(key), str) and value), "")


# --- lexical --------------------------------------------------------------------------------------------------


def _piece(node: Mapping[str, Any]) -> Piece:
    kind = _said(node, "type")
    if kind in CARDS or kind in _MAIL_ONLY or kind == "paywall":
        return _card(kind, node)
    html = _node(node)
    known = kind in _BLOCKS or kind in (
        "list",
        "heading",
        "extended-heading",
        "linebreak",
        "text",
        "extended-text",
        *_INLINE,
    )
    return Piece(html, unknown="" if known else kind or "?")


def _node(node: Mapping[str, Any]) -> str:
    kind = _said(node, "type")
    if kind == "linebreak":
        return "<br>"
    if kind in CARDS:
        return _card(kind, node).html
    inside = "".join(map(_node, _objects(node.get("children"))))
    if isinstance(node.get("text"), str):
        inside = _marked(node) + inside
    if kind in _INLINE:
        return f'<a href="{escape(_said(node, "url"))}">{inside}</a>'
    if kind in ("heading", "extended-heading"):
        return f"<h2>{inside}</h2>"
    if kind == "list":
        tag = "ol" if node.get("listType") == "number" else "ul"
        return f"<{tag}>{inside}</{tag}>"
    tag = _BLOCKS.get(kind, "")
    return f"<{tag}>{inside}</{tag}>" if tag else inside


def _marked(node: Mapping[str, Any]) -> str:
    html = escape(_said(node, "text"))
    bits = node.get("format")
    for bit, tag in _FORMATS:
        if isinstance(bits, int) and bits & bit:
            html = f"<{tag}>{html}</{tag}>"
    return html


# --- mobiledoc ------------------------------------------------------------------------------------------------


def _section(section: Sequence[Any], document: Mapping[str, Any]) -> Piece:
    match section:
        case [1, str(tag), list(markers), *_]:
            name = tag if tag in ("p", "blockquote", "aside") else "h2" if tag.startswith("h") else "p"
            return Piece(f"<{name}>{_markers(markers, document)}</{name}>".replace("aside", "blockquote"))
        case [2, str(src), *_]:
            return Piece(f'<img src="{escape(src)}">')
        case [3, str(tag), list(items), *_]:
            name = "ol" if tag == "ol" else "ul"
            rows = "".join(f"<li>{_markers(item, document)}</li>" for item in items if isinstance(item, list))
            return Piece(f"<{name}>{rows}</{name}>")
        case [10, int(at), *_]:
            match _at(document, "cards", at):
                case [str(name), dict(fields), *_]:
                    return _card(name.removeprefix("card-"), fields)
    return Piece("", unknown=f"section {str(section[0])[:20]}")


def _at(document: Mapping[str, Any], table: str, at: object) -> Any:
    rows = document.get(table)
    return rows[at] if isinstance(rows, list) and isinstance(at, int) and 0 <= at < len(rows) else None


def _markers(markers: Iterable[Any], document: Mapping[str, Any]) -> str:
    html: list[str] = []
    open_tags: list[str] = []
    for marker in markers:
        match marker:
            case [int(kind), list(opening), int(closing), str() | int() as value, *_]:
                for at in opening:
                    tag, attributes = _markup(_at(document, "markups", at))
                    html.append(f"<{tag}{attributes}>")
                    open_tags.append(tag)
                html.append(escape(value) if isinstance(value, str) else _atom(_at(document, "atoms", value), kind))
                for _ in range(min(closing, len(open_tags))):
                    html.append(f"</{open_tags.pop()}>")
    return "".join(html)


def _markup(row: Any) -> tuple[str, str]:
    match row:
        case ["a", [*pairs], *_]:
            flat = [str(value) for value in pairs]
            said = dict(zip(flat[::2], flat[1::2], strict=False))
            return "a", f' href="{escape(said.get("href", ""))}"'
        case [str(tag), *_] if tag in ("strong", "b", "em", "i"):
            return tag, ""
    return "span", ""


def _atom(row: Any, kind: int) -> str:
    match row:
        case ["soft-return", *_]:
            return "<br>"
        case [str(), str(text), *_] if kind == 1:
            return escape(text)
    return ""


# --- cards, the same in both ----------------------------------------------------------------------------------


def _card(name: str, fields: Mapping[str, Any]) -> Piece:
    if name == "paywall":
        return Piece("", is_wall=True)
    if name in _MAIL_ONLY:
        return Piece("", left_out=f"a card of kind {name!r}, meant for mail or sign-up, left out")
    if name in CARDS:
        return Piece(CARDS[name](fields), is_members=_is_for_members(fields.get("visibility")))
    words = "".join(f"<p>{value}</p>" for value in fields.values() if isinstance(value, str) and " " in value)
    return Piece(words, is_members=_is_for_members(fields.get("visibility")), unknown=name[:40])


def _is_for_members(visibility: object) -> bool:
    """Whether a card is kept from some reader of the web. What we cannot read is for members."""
    if visibility is None:
        return False
    web = visibility.get("web") if isinstance(visibility, Mapping) else None
    if not isinstance(web, Mapping):
        return True
    segments = str(web.get("memberSegment", "")).split(",")
    return web.get("nonMember") is not True or not {"status:free", "status:-free"} <= set(segments)


def _picture(fields: Mapping[str, Any]) -> str:
    src, alt, caption = (_said(fields, key) for key in ("src", "alt", "caption"))
    return f'<figure><img src="{escape(src)}" alt="{escape(alt)}"><figcaption>{caption}</figcaption></figure>'


def _gallery(fields: Mapping[str, Any]) -> str:
    return "".join(map(_picture, _objects(fields.get("images")))) + f"<p>{_said(fields, 'caption')}</p>"


def _html(fields: Mapping[str, Any]) -> str:
    return _said(fields, "html")


def _markdown(fields: Mapping[str, Any]) -> str:
    return as_html(_said(fields, "markdown"))


def _embed(fields: Mapping[str, Any]) -> str:
    """The page embedded, by its address; its own HTML only where there is no address."""
    url = _said(fields, "url", "src")
    shown = f'<iframe src="{escape(url)}"></iframe>' if url else _said(fields, "html")
    return f"{shown}<p>{_said(fields, 'caption')}</p>"


def _bookmark(fields: Mapping[str, Any]) -> str:
    about = fields.get("metadata")
    said = about if isinstance(about, Mapping) else fields
    url = _said(fields, "url") or _said(said, "url")
    title = escape(_said(said, "title") or url)
    words = escape(_said(said, "description"))
    return f'<p><a href="{escape(url)}">{title}</a></p><p>{words}</p><p>{_said(fields, "caption")}</p>'


def _link(url: str, text: str) -> str:
    return f'<p><a href="{escape(url)}">{escape(text)}</a></p>' if text else ""


def _button(fields: Mapping[str, Any]) -> str:
    return _link(_said(fields, "buttonUrl", "url"), _said(fields, "buttonText", "text"))


def _file(fields: Mapping[str, Any]) -> str:
    title = _said(fields, "fileTitle", "title", "fileName", "src")
    words = escape(_said(fields, "fileCaption", "description"))
    return f"{_link(_said(fields, 'src'), title)}<p>{words}</p>"


def _words(*keys: str) -> Callable[[Mapping[str, Any]], str]:
    """A card whose fields, in this order, hold HTML; with its button, if it has one."""
    return lambda fields: "".join(f"<p>{_said(fields, key)}</p>" for key in keys) + _button(fields)


def _code(fields: Mapping[str, Any]) -> str:
    return f"<pre>{escape(_said(fields, 'code'))}</pre><p>{_said(fields, 'caption')}</p>"


CARDS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "image": _picture,
    "gallery": _gallery,
    "html": _html,
    "markdown": _markdown,
    "embed": _embed,
    "bookmark": _bookmark,
    "button": _button,
    "callout": _words("calloutText"),
    "toggle": _words("heading", "content"),
    "header": _words("header", "heading", "subheader", "subheading"),
    "product": _words("productTitle", "productDescription"),
    "call-to-action": _words("textValue"),
    "codeblock": _code,
    "code": _code,
    "file": _file,
    "audio": _file,
    "video": _embed,
    "horizontalrule": lambda _: "",
    "hr": lambda _: "",
}
