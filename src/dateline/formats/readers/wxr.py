"""WordPress's export (WXR 1.0 to 1.2): posts, pages and custom types are stories, attachments are pictures.

Promises kept here:
- names are matched without their namespace: real exports write it in four ways;
- a file whose tags do not match is taken only where every post still stands on its own; else it is refused whole;
- drafts stay drafts, private and password-protected posts are withheld, a password is never kept;
- menus, templates, styles and messages give no card and are counted; so are comments.

Source: WordPress wp-admin/includes/export.php; research/reader-features.md, section 4.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from dateline.errors import DatelineError
from dateline.formats.filed import FiledCard
from dateline.formats.html_blocks import words_of
from dateline.formats.readers import wxr_item
from dateline.formats.readers.decoding import Decoded, decode
from dateline.formats.readers.found import Asked, Reading, unreadable
from dateline.formats.readers.making import language_tag
from dateline.formats.readers.safe_xml import Mended, children, local, parse, text_in
from dateline.formats.readers.wxr_item import Attachment, Post, Site

_LAST: Final = datetime.max.replace(tzinfo=UTC)
_END: Final = 1 << 60


def read_wxr(content: bytes, asked: Asked) -> Reading:
    """Every post as a card, in the order of the file.

    Raises:
        UnreadableFile: no channel, tags that do not match, or no post at all.
    """
    decoded = decode(content, asked.file)
    mended = parse(decoded, asked.file)
    channel = _channel(mended, decoded, asked.file)
    posts = [wxr_item.extract(item) for item in children(channel, "item")]
    version = text_in(channel, "wxr_version")
    if not posts:
        which = f"WXR version {version[:20]!r}" if version else "no WXR version"
        raise unreadable(asked.file, f"it holds no post ({which}).", "Export again, with all content chosen.")
    site = _site(channel, posts, asked, decoded.encoding)
    counts: Counter[str] = Counter()
    cards: list[tuple[Post, FiledCard]] = []
    refused: list[DatelineError] = []
    for post, told in zip(posts, _repairs(posts, mended), strict=True):
        counts["comments"] += post.comments
        what = wxr_item.gives_no_card(post)
        if what:
            counts[what] += 1
            continue
        try:
            cards += [(post, card) for card in wxr_item.cards_of(post, site, (*decoded.repairs, *told))]
        except DatelineError as refusal:
            refusal.subject = f"{asked.file}, post {post.number or '?'}"
            refused.append(refusal)
    whole = (*decoded.repairs, *mended.between(0, posts[0].line), *_version_told(version))
    joined = _joined(_distinct(cards))
    return Reading("wxr", asked.file, decoded.encoding, joined, dict(+counts), tuple(refused), whole)


def _version_told(version: str) -> tuple[str, ...]:
    return () if version in ("1.0", "1.1", "1.2") else (f"WXR version {version[:20]!r} is not known; read as 1.2",)


def _channel(mended: Mended, decoded: Decoded, file: str) -> etree._Element:
    channel = next(children(mended.root, "channel"), None)
    if channel is None:
        raise unreadable(
            file,
            f"it is malformed: there is no channel in it{_where(mended)}, so its posts cannot be told apart.",
            "Export it again; mending by hand loses posts.",
        )
    if mended.broken and not (_is_sound(mended.root, channel) and decoded.text.rstrip().endswith("</rss>")):
        raise unreadable(
            file,
            f"it is malformed{_where(mended)}: tags do not match, so where a post ends cannot be told.",
            "Export it again; the file may have been cut short while it was copied.",
        )
    return channel


def _is_sound(root: etree._Element, channel: etree._Element) -> bool:
    """Whether every post stands in the channel, and what decides over its going out stands in a post."""
    for element in root.iter():
        name, parent = local(element), element.getparent()
        if (name == "item" and parent is not channel) or (
            name in ("status", "post_type", "post_password", "encoded") and (parent is None or local(parent) != "item")
        ):
            return False
    return True


def _where(mended: Mended) -> str:
    return f" (line {mended.broken[0]})" if mended.broken else ""


def _site(channel: etree._Element, posts: list[Post], asked: Asked, encoding: str) -> Site:
    names = {}
    for author in children(channel, "author"):
        login = text_in(author, "author_login")
        full = f"{text_in(author, 'author_first_name')} {text_in(author, 'author_last_name')}".strip()
        names[login] = words_of(text_in(author, "author_display_name") or full)
    base = text_in(channel, "base_blog_url") or text_in(channel, "link") or text_in(channel, "base_site_url")
    return Site(
        base=base.rstrip("/"),
        language=language_tag(text_in(channel, "language")),
        names=names,
        pictures={post.number: _attachment(post) for post in posts if post.kind == "attachment" and post.number},
        parents={post.number: post for post in posts if post.number},
        asked=asked,
        encoding=encoding,
    )


def _attachment(post: Post) -> Attachment:
    words = post.fields.get("excerpt") or post.fields.get("content") or ""
    return Attachment(
        post.fields.get("attachment_url", ""), words_of(post.meta.get("_wp_attachment_image_alt", "")), words_of(words)
    )


def _repairs(posts: list[Post], mended: Mended) -> list[tuple[str, ...]]:
    """For each post, what was mended between its first line and the next post's."""
    if not mended.repairs:
        return [()] * len(posts)
    ends = [*(post.line for post in posts[1:]), _END]
    return [mended.between(post.line, max(end, post.line + 1)) for post, end in zip(posts, ends, strict=True)]


def _distinct(cards: list[tuple[Post, FiledCard]]) -> list[tuple[Post, FiledCard]]:
    """The cards with an identity each: one that stands twice in the file is told apart by its slug or place."""
    seen: set[str] = set()
    made: list[tuple[Post, FiledCard]] = []
    for post, card in cards:
        if card.id in seen:
            told = f"the identity {card.id[:80]!r} stands twice in the file"
            name = f"{card.id}#{card.slug or post.line}"
            name = name if name not in seen else f"{card.id}#{len(made)}"
            card = replace(card, id=name[:2000], repairs=(*card.repairs, told))
        seen.add(card.id)
        made.append((post, card))
    return made


def _joined(cards: list[tuple[Post, FiledCard]]) -> tuple[FiledCard, ...]:
    """The cards with Polylang's translations joined: the story first published is the one the others translate."""
    first: dict[str, tuple[datetime, int]] = {}
    for at, (post, card) in enumerate(cards):
        if post.group:
            first[post.group] = min(first.get(post.group, (_LAST, at)), (card.published or _LAST, at))
    joined = []
    for at, (post, card) in enumerate(cards):
        origin = first[post.group][1] if post.group else at
        joined.append(card if origin == at else replace(card, translation_of=cards[origin][1].id))
    return tuple(joined)
