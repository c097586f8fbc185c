"""One post of a WordPress export: from its elements to a card, or to one card a language where qTranslate was used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any, Final

from lxml import etree

from dateline.formats.body import Body, Embed, Picture, is_safe_src, pictures_in, plain_text
from dateline.formats.datelines import take_dateline
from dateline.formats.filed import FiledCard, Source
from dateline.formats.html_blocks import read_html, words_of
from dateline.formats.html_holders import absolute
from dateline.formats.readers.found import Asked
from dateline.formats.readers.making import make_card
from dateline.formats.readers.qtranslate import in_language, languages_in
from dateline.formats.readers.safe_xml import all_text, local, text_in
from dateline.formats.readers.times import Times
from dateline.formats.story_card import Subject
from dateline.formats.wordpress_marks import WALLS, read_marks

_PICTURE: Final = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)(?:$|[?#])|^[^.]*$|//[^/]*/[^.]*$", re.IGNORECASE
)
_NOT_SUBJECTS: Final = ("category", "language", "post_translations", "author", "post_format", "nav_menu", "")


@dataclass(frozen=True, slots=True)
class Post:
    """What an `<item>` says. `terms` are (domain, nicename, name); `line` is where it begins in the file."""

    line: int
    fields: Mapping[str, str]
    terms: Sequence[tuple[str, str, str]]
    meta: Mapping[str, str]
    comments: int

    @property
    def number(self) -> str:
        return self.fields.get("post_id", "")

    @property
    def kind(self) -> str:
        return self.fields.get("post_type") or "post"

    @property
    def group(self) -> str:
        """Polylang's name for the set of translations this post is one of."""
        return next((slug for domain, slug, _ in self.terms if domain == "post_translations"), "")


@dataclass(frozen=True, slots=True)
class Attachment:
    address: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Site:
    """What the whole export says, needed to read one post of it."""

    base: str
    language: str
    names: Mapping[str, str]
    pictures: Mapping[str, Attachment]
    parents: Mapping[str, Post]
    asked: Asked
    encoding: str

    def picture_at(self, number: str) -> str:
        found = self.pictures.get(number)
        return found.address if found else ""


@cache
def _table(name: str) -> dict[str, str]:
    text = (resources.files("dateline.formats.readers") / "wxr.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)[name])


def gives_no_card(post: Post) -> str:
    """Under what name a post that is no story is counted; "" for a story or picture."""
    return _table("no_card").get(post.kind, "") or ("trashed" if post.fields.get("status") == "trash" else "")


def extract(item: etree._Element) -> Post:
    """The item's fields by local name; no text of comments is kept.

    Of two with one name WordPress's own counts, then the first: a plugin may write a `status` beside `wp:status`.
    """
    fields: dict[str, str] = {}
    sure: set[str] = set()
    terms: list[tuple[str, str, str]] = []
    meta: dict[str, str] = {}
    comments = 0
    for child in item:
        name = local(child)
        if name == "category":
            terms.append((child.get("domain", ""), child.get("nicename", ""), all_text(child)))
        elif name == "postmeta":
            meta.setdefault(text_in(child, "meta_key"), text_in(child, "meta_value"))
        elif name == "comment":
            comments += 1
        elif name:
            name = _encoded(child) if name == "encoded" else name
            is_ours = "wordpress.org/export" in str(child.tag)
            if name not in fields or (is_ours and name not in sure):
                fields[name] = all_text(child)
            if is_ours:
                sure.add(name)
    line = item.sourceline
    return Post(line if isinstance(line, int) else 0, fields, terms, meta, comments)


def _encoded(element: etree._Element) -> str:
    """`content:encoded` and `excerpt:encoded` share their local name; the namespace tells them apart."""
    return "excerpt" if "excerpt" in f"{element.tag!s}{element.prefix or ''}" else "content"


# --- cards ----------------------------------------------------------------------------------------------------


def cards_of(post: Post, site: Site, repairs: Sequence[str]) -> list[FiledCard]:
    """One card, or one a language where its fields hold several.

    Raises:
        CardError, BodyError: the post cannot be taken; nothing of it is.
    """
    if post.kind == "attachment":
        return [_picture_card(post, site, repairs)]
    languages = languages_in(post.fields.get("title", ""), post.fields.get("content", ""))
    if not languages:
        return [_story_card(post, site, repairs)]
    cards = [_story_card(_only(post, language), site, repairs) for language in languages]
    first = replace(cards[0], language=languages[0])
    others = [
        replace(card, id=f"{card.id}#{language}", language=language, translation_of=first.id, address="", slug="")
        for card, language in zip(cards[1:], languages[1:], strict=True)
    ]
    return [first, *others]


def _only(post: Post, language: str) -> Post:
    fields = {key: in_language(value, language) for key, value in post.fields.items()}
    terms = [(domain, slug, in_language(name, language)) for domain, slug, name in post.terms]
    return replace(post, fields=fields, terms=terms)


def _story_card(post: Post, site: Site, repairs: Sequence[str]) -> FiledCard:
    times = Times(site.asked.zone)
    status, has_password, unknown = _status(post)
    said = _times(post, status, times)
    body, has_wall, told = _body(post, site)
    opened = take_dateline(body, near=said.get("published"))
    locked = True if has_password or has_wall else False if post.fields.get("status") in ("publish", "future") else None
    return make_card(
        _identity(post, site),
        status=status,
        language=_language(post) or site.language,
        headline=words_of(post.fields.get("title", "")),
        summary=_summary(post),
        byline=_byline(post, site),
        dateline=opened.dateline,
        body=opened.body,
        locked=locked,
        sections=_sections(post),
        subjects=_subjects(post),
        slug=post.fields.get("post_name", ""),
        address=post.fields.get("link", ""),
        source=Source("wxr", site.asked.file, site.encoding),
        repairs=[*repairs, *unknown, *told, *times.repairs],
        time_notes=tuple(times.notes),
        **said,
    )


def _picture_card(post: Post, site: Site, repairs: Sequence[str]) -> FiledCard:
    """A picture is as public as the post it belongs to."""
    parent = site.parents.get(post.fields.get("post_parent", ""))
    status, has_password, _ = _status(parent) if parent and parent.kind != "attachment" else ("usable", False, ())
    times = Times(site.asked.zone)
    said = _times(post, status, times)
    attached = site.pictures.get(post.number) or Attachment(post.fields.get("attachment_url", ""), "", "")
    return make_card(
        _identity(post, site),
        kind="picture",
        status=status,
        headline=words_of(post.fields.get("title", "")),
        body=_attached(attached),
        locked=True if has_password else None if status != "usable" else False,
        slug=post.fields.get("post_name", ""),
        address=post.fields.get("link", ""),
        source=Source("wxr", site.asked.file, site.encoding),
        repairs=[*repairs, *times.repairs],
        time_notes=tuple(times.notes),
        **said,
    )


def _identity(post: Post, site: Site) -> str:
    if guid := post.fields.get("guid", ""):
        return guid
    return f"{site.base}/?p={post.number}" if post.number else post.fields.get("link", "")


def _status(post: Post) -> tuple[str, bool, tuple[str, ...]]:
    """Our word for the post's status, whether a password closes it, and what had to be said about it."""
    raw = post.fields.get("status") or "none"
    status = _table("status").get(raw, "withheld")
    told = () if raw in _table("status") else (f"status {raw[:30]!r} is not known; withheld",)
    has_password = bool(post.fields.get("post_password"))
    return ("withheld" if has_password and status != "draft" else status), has_password, told


def _times(post: Post, status: str, times: Times) -> dict[str, Any]:
    """The card's times. A draft was never published: its date is that of its making."""
    name = "first_created" if status == "draft" else "published"
    said = post.fields
    when = (
        times.read(name, said.get("post_date_gmt", ""), zone=UTC)
        or times.read(name, said.get("post_date", ""))
        or times.read(name, said.get("pubDate", ""))
    )
    changed = times.read("version_created", said.get("post_modified_gmt", ""), zone=UTC) or times.read(
        "version_created", said.get("post_modified", "")
    )
    made: dict[str, datetime | None] = {name: when, "version_created": changed}
    if status == "embargoed":
        made["embargoed_until"] = when
    return made


def _language(post: Post) -> str:
    return next((slug for domain, slug, _ in post.terms if domain == "language"), "")


def _summary(post: Post) -> str:
    written = post.fields.get("excerpt", "")
    if written:
        return plain_text(read_html(written, loose=True).body)
    return words_of(post.meta.get("_yoast_wpseo_metadesc", ""))


def _byline(post: Post, site: Site) -> str:
    """Co-authors by name, else the display name behind the login; an e-mail address is never shown."""
    together = [words_of(name) for domain, _, name in post.terms if domain == "author"]
    login = post.fields.get("creator") or post.fields.get("author") or ""
    names = together or [site.names.get(login) or login]
    return ", ".join(dict.fromkeys(name for name in names if name and "@" not in name))


def _sections(post: Post) -> list[str]:
    filed = [words_of(name) for domain, _, name in post.terms if domain == "category"]
    return filed or [words_of(name) for domain, _, name in post.terms if domain == ""]


def _subjects(post: Post) -> tuple[Subject, ...]:
    names = [words_of(name) for domain, _, name in post.terms if domain not in _NOT_SUBJECTS]
    return tuple(Subject(name) for name in dict.fromkeys(names) if name)


def _body(post: Post, site: Site) -> tuple[Body, bool, list[str]]:
    marked = read_marks(post.fields.get("content", ""), site.picture_at)
    read = read_html(marked.html, loose=marked.loose, walls=WALLS)
    body = read.body
    featured = site.pictures.get(post.meta.get("_thumbnail_id", ""))
    picture = _shown(featured) if featured else None
    if picture and picture.src not in (shown.src for shown in pictures_in(body)):
        body = (picture, *body)
    return body, marked.has_wall, [*marked.repairs, *read.repairs]


def _attached(attachment: Attachment) -> Body:
    """A picture as one; sound, film and papers as a link to them."""
    picture = _shown(attachment)
    if picture is None or _PICTURE.search(picture.src):
        return (picture,) if picture else ()
    return (Embed(picture.src),) if picture.src.startswith("https://") else ()


def _shown(attachment: Attachment) -> Picture | None:
    src = absolute(attachment.address, "")
    return Picture(src, attachment.alt, attachment.caption) if src and is_safe_src(src) else None
