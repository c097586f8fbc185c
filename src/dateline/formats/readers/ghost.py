"""Ghost's export: posts and pages with their visibility kept.

Promises kept here:
- a post that is not public is locked; what stands before its paywall is its free part, without one there is none;
- a card shown to members only never stands in the free part, whatever the post's own visibility;
- no field of a staff account but the name is read: passwords and addresses stay in the file;
- code injected into heads and feet is not read at all.

Source: an export of Ghost 6.65 read with its source (kg-default-nodes, post-gating); research/reader-features.md 4.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from dateline.errors import DatelineError
from dateline.formats.body import Block, Body, Picture, Wall, clean_line, is_safe_src, pictures_in
from dateline.formats.datelines import take_dateline
from dateline.formats.filed import FiledCard, Source
from dateline.formats.html_blocks import read_html, words_of
from dateline.formats.html_holders import absolute
from dateline.formats.readers.decoding import decode
from dateline.formats.readers.found import Asked, Reading, unreadable
from dateline.formats.readers.ghost_nodes import Piece, lexical_pieces, mobiledoc_pieces
from dateline.formats.readers.making import language_tag, make_card
from dateline.formats.readers.markdown_html import as_html
from dateline.formats.readers.safe_json import read_json
from dateline.formats.readers.times import Times

_WALLS: Final = re.compile("<!--members-only-->")
_GATED: Final = re.compile(
    r"<!--\s*kg-gated-block:begin.{0,200}?-->(.*?)(?:<!--\s*kg-gated-block:end\s*-->|\Z)", re.DOTALL
)
_OBJECT_ID: Final = re.compile(r"[0-9a-f]{24}")
_STATUS: Final = {"published": "usable", "draft": "draft", "scheduled": "embargoed", "sent": "withheld"}
_COUNTED: Final = {"members": "members", "comments": "comments", "snippets": "snippets", "newsletters": "newsletters"}
_LATEST_MS: Final = 7_258_118_400_000  # the year 2200
_SITE: Final = "__GHOST_URL__"


@dataclass(frozen=True, slots=True)
class _Site:
    """What the whole export says: tags and authors by post, extra fields by post, the site's own language."""

    tags: Mapping[str, Sequence[str]]
    authors: Mapping[str, Sequence[str]]
    more: Mapping[str, Mapping[str, Any]]
    language: str
    asked: Asked
    encoding: str


def read_ghost(content: bytes, asked: Asked) -> Reading:
    """Every post and page as a card, in the order of the export.

    Raises:
        UnreadableFile: no Ghost export, or one without posts.
    """
    decoded = decode(content, asked.file)
    tables = _tables(decoded.text, asked.file)
    posts = _rows(tables, "posts")
    counts = {name: len(_rows(tables, table)) for table, name in _COUNTED.items() if _rows(tables, table)}
    if not posts:
        raise unreadable(asked.file, "it is a Ghost export without posts.", "Export the whole site and try again.")
    site = _site(tables, asked, decoded.encoding)
    cards: list[FiledCard] = []
    refused: list[DatelineError] = []
    for at, post in enumerate(posts, start=1):
        try:
            cards.append(_card(post, site, decoded.repairs))
        except DatelineError as refusal:
            refusal.subject = f"{asked.file}, post {_text(post, 'id')[:40] or at}"
            refused.append(refusal)
    return Reading("ghost", asked.file, decoded.encoding, tuple(cards), counts, tuple(refused), decoded.repairs)


def _tables(text: str, file: str) -> Mapping[str, Any]:
    try:
        said = read_json(text)
    except DatelineError as refusal:
        raise unreadable(file, refusal.happened, "Export it again from Ghost's settings.") from refusal
    match said:
        case {"db": [{"data": dict(tables)}, *_]} | {"data": dict(tables)}:
            return tables
    raise unreadable(file, "it is JSON, but no Ghost export (no `db` with `data`).", "Export it from Ghost's settings.")


def _rows(tables: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = tables.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _site(tables: Mapping[str, Any], asked: Asked, encoding: str) -> _Site:
    tags = {_text(row, "id"): _text(row, "name") for row in _rows(tables, "tags")}
    names = {_text(row, "id"): _text(row, "name") for row in _rows(tables, "users")}
    settings = {_text(row, "key"): _text(row, "value") for row in _rows(tables, "settings")}
    return _Site(
        tags=_linked(tables, "posts_tags", "tag_id", tags),
        authors=_linked(tables, "posts_authors", "author_id", names),
        more={_text(row, "post_id"): row for row in _rows(tables, "posts_meta")},
        language=language_tag(settings.get("locale", "") or settings.get("default_locale", "")),
        asked=asked,
        encoding=encoding,
    )


def _linked(tables: Mapping[str, Any], join: str, key: str, names: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    """By post, the names joined to it, in their order."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in _rows(tables, join):
        order = row.get("sort_order")
        found[_text(row, "post_id")].append((order if isinstance(order, int) else 0, names.get(_text(row, key), "")))
    return {post: [name for _, name in sorted(rows, key=lambda row: row[0]) if name] for post, rows in found.items()}


# --- one post -------------------------------------------------------------------------------------------------


def _card(post: Mapping[str, Any], site: _Site, repairs: Sequence[str]) -> FiledCard:
    times = Times(site.asked.zone)
    number = _text(post, "id")
    raw_status = _text(post, "status") or "published"
    status = _STATUS.get(raw_status, "withheld")
    # Ghost writes UTC without saying so: the fields are noted, the newsroom's zone is not used.
    published = _utc(times, "published", post, "published_at")
    read = _body(post, is_public=_text(post, "visibility") == "public" and raw_status != "sent")
    opened = take_dateline(_with_picture(read.body, post, site), near=published)
    tags = [name for name in site.tags.get(number, ()) if not name.startswith("#")]
    marks = [language_tag(name[1:]) for name in site.tags.get(number, ()) if name.startswith("#")]
    return make_card(
        _identity(post),
        status=status,
        language=next(filter(None, marks), "") or site.language,
        headline=_text(post, "title"),
        summary=_text(post, "custom_excerpt"),
        byline=", ".join(name for name in site.authors.get(number, ()) if "@" not in name),
        dateline=opened.dateline,
        first_created=_utc(times, "first_created", post, "created_at"),
        version_created=_utc(times, "version_created", post, "updated_at"),
        published=published,
        embargoed_until=published if status == "embargoed" else None,
        sections=tags,
        body=opened.body,
        locked=read.locked,
        slug=_text(post, "slug"),
        address=_address(post),
        source=Source("ghost", site.asked.file, site.encoding),
        repairs=[*repairs, *read.repairs, *times.repairs],
        time_notes=tuple(times.notes),
    )


def _utc(times: Times, field: str, post: Mapping[str, Any], key: str) -> datetime | None:
    """A time of Ghost's, in UTC: text, or before Ghost 1.0 milliseconds since 1970."""
    value = post.get(key)
    if isinstance(value, int) and 0 < value < _LATEST_MS:
        return datetime.fromtimestamp(value // 1000, UTC)
    when = times.read(field, value)
    return when.replace(tzinfo=UTC) if when and field in times.notes else when


def _identity(post: Mapping[str, Any]) -> str:
    """The post's object id, which is its guid in Ghost's own feeds; before Ghost 1.0 only the uuid is one in the world."""
    number = _text(post, "id")
    if _OBJECT_ID.fullmatch(number):
        return number
    return _text(post, "uuid") or (f"ghost:{number}" if number else "")


def _address(post: Mapping[str, Any]) -> str:
    slug = _text(post, "slug")
    return f"/{slug}/" if slug else ""


@dataclass(frozen=True, slots=True)
class _Read:
    body: Body
    locked: bool
    repairs: tuple[str, ...]


def _body(post: Mapping[str, Any], *, is_public: bool) -> _Read:
    """The text from the newest form that holds any: lexical, mobiledoc, HTML, Markdown."""
    told: list[str] = []
    forms: tuple[tuple[str, Callable[[str], list[Piece]]], ...] = (
        ("lexical", lambda text: lexical_pieces(_object(text))),
        ("mobiledoc", lambda text: mobiledoc_pieces(_object(text))),
        ("html", _html_pieces),
        ("markdown", lambda text: _html_pieces(as_html(text))),
    )
    for form, read in forms:
        text = _text(post, form).replace(_SITE, "")
        if not text:
            continue
        try:
            pieces = read(text)
        except DatelineError as refusal:
            told.append(f"{form} could not be read ({refusal.happened[:120]})")
            continue
        made = _joined(pieces, is_public=is_public, told=told)
        if made.body:
            return made
    return _Read((), not is_public, tuple(told))


def _object(text: str) -> Mapping[str, Any]:
    said = read_json(text)
    return said if isinstance(said, dict) else {}


def _html_pieces(html: str) -> list[Piece]:
    """Ghost's rendered HTML, parted at the paywall and around what is gated."""
    pieces: list[Piece] = []
    for at, part in enumerate(_WALLS.split(html)):
        if at:
            pieces.append(Piece("", is_wall=True))
        for gated, text in enumerate(_GATED.split(part)):
            pieces.append(Piece(text, is_members=gated % 2 == 1))
    return pieces


def _joined(pieces: Sequence[Piece], *, is_public: bool, told: list[str]) -> _Read:
    """The pieces as one body, what is for members below the wall.

    In a locked post without a paywall everything is locked where it stands, so nothing is moved and no wall is set.
    """
    has_wall = any(piece.is_wall for piece in pieces) and not is_public
    moves = has_wall or is_public
    free: list[Block] = []
    below: list[Block] = []
    notes: Counter[str] = Counter()
    behind = False
    for piece in pieces:
        behind = behind or (piece.is_wall and has_wall)
        read = read_html(piece.html)
        notes.update(read.repairs)
        notes.update(
            filter(None, (piece.left_out, piece.unknown and f"unknown card {piece.unknown!r} read for its words"))
        )
        if piece.is_members and moves and not behind and read.body:
            notes["a card for members only was put below the wall"] += 1
        (below if behind or (piece.is_members and moves) else free).extend(read.body)
    repairs = (*told, *(text if times == 1 else f"{text} ({times} times)" for text, times in notes.items()))
    locked = not is_public or bool(below)
    body = (*free, Wall(), *below) if has_wall or below else tuple(free)
    return _Read(body, locked, repairs)


def _with_picture(body: Body, post: Mapping[str, Any], site: _Site) -> Body:
    """The body under its feature image. Of a post locked whole the image stays locked with it."""
    more = site.more.get(_text(post, "id"), {})
    src = absolute(_text(post, "feature_image").replace(_SITE, ""), "")
    if not src or not is_safe_src(src) or src in (picture.src for picture in pictures_in(body)):
        return body
    alt = clean_line(_text(more, "feature_image_alt"))
    return (Picture(src, alt, words_of(_text(more, "feature_image_caption"))), *body)
