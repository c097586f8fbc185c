"""RSS, RDF and Atom, one file or page of an archive: each entry is a story.

Promises kept here:
- the feed is decoded and made sound before feedparser sees it, and feedparser is given bytes: it opens no path or URL;
- the guid is the identity, the link only where there is none;
- a text that is only a beginning is said to be one: it must not pass for the whole story.

Sources: RSS 2.0.11; RDF Site Summary 1.0 and 0.90; RFC 4287; content:encoded of the RSS content module.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import feedparser
from lxml import etree

from dateline.errors import DatelineError
from dateline.formats.body import Body, Picture, is_safe_src, pictures_in, plain_text
from dateline.formats.datelines import take_dateline
from dateline.formats.filed import FiledCard, Source
from dateline.formats.html_blocks import HtmlRead, read_html, read_text, words_of
from dateline.formats.html_holders import absolute
from dateline.formats.readers.decoding import decode
from dateline.formats.readers.found import Asked, Reading, unreadable
from dateline.formats.readers.making import language_tag, make_card
from dateline.formats.readers.safe_xml import Mended, local, parse
from dateline.formats.readers.times import Times

_CUT_SHORT: Final = re.compile(
    r"(…|\.\.\.|\[…\]|\[\.\.\.\]|Read more|Continue reading|Читать далее|Чытаць далей)\W{0,5}$"
)
_WHOLE: Final = 1_000
"""Characters from which a description may be a whole story; agencies' summaries stay under 600."""
_END: Final = 1 << 60


def read_feed(content: bytes, asked: Asked) -> Reading:
    """Every entry as a card, in the order of the feed.

    Raises:
        UnreadableFile: no feed, or one without entries.
    """
    decoded = decode(content, asked.file)
    mended = parse(decoded, asked.file)
    items = [element for element in mended.root.iter() if local(element) in ("item", "entry")]
    sound = etree.tostring(mended.root, encoding="utf-8", xml_declaration=True)
    feed = feedparser.parse(io.BytesIO(sound), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise unreadable(
            asked.file, "it holds no entry of a feed.", "Give the address of the feed itself, saved whole."
        )
    name = "atom" if str(feed.version).startswith("atom") else "rss"
    source = Source(name, asked.file, decoded.encoding)
    repairs = _repairs(items, mended, len(feed.entries))
    cards: list[FiledCard] = []
    refused: list[DatelineError] = []
    for at, entry in enumerate(feed.entries):
        try:
            cards.append(_card(entry, feed.feed, source, asked, (*decoded.repairs, *repairs[at])))
        except DatelineError as refusal:
            refusal.subject = f"{asked.file}, entry {at + 1}"
            refused.append(refusal)
    first = _line_of(items[0]) if items else _END
    whole = (*decoded.repairs, *mended.between(0, first))
    return Reading(name, asked.file, decoded.encoding, tuple(cards), {}, tuple(refused), whole)


def _repairs(items: Sequence[etree._Element], mended: Mended, entries: int) -> list[tuple[str, ...]]:
    """For each entry, what was mended in its lines; where entries cannot be told by line, all of it for each."""
    if len(items) != entries:
        return [mended.between(0, _END)] * entries
    starts = [_line_of(item) for item in items]
    ends = [*starts[1:], _END]
    return [mended.between(start, max(end, start + 1)) for start, end in zip(starts, ends, strict=True)]


def _line_of(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _card(
    entry: Mapping[str, Any], feed: Mapping[str, Any], source: Source, asked: Asked, repairs: Sequence[str]
) -> FiledCard:
    times = Times(asked.zone)
    published = _when(times, "published", entry)
    changed = _when(times, "updated", entry)
    link = absolute(_said(entry, "link"), _said(feed, "link"))
    read, summary, told = _text(entry, link)
    opened = take_dateline(_with_picture(read.body, entry, link), near=published or changed)
    return make_card(
        _said(entry, "id") or link,
        kind="story" if plain_text(opened.body) else "headline",
        language=_language(entry) or language_tag(_said(feed, "language")),
        headline=_headline(entry),
        summary=summary,
        byline=_byline(entry),
        dateline=opened.dateline,
        version_created=changed,
        published=published,
        sections=[words_of(_said(tag, "label") or _said(tag, "term")) for tag in entry.get("tags", ())],
        body=opened.body,
        address=link,
        source=source,
        repairs=[*repairs, *told, *read.repairs, *times.repairs],
        time_notes=tuple("version_created" if name == "updated" else name for name in times.notes),
    )


def _said(fields: Mapping[str, Any], key: str) -> str:
    # The plain dict's own `get`: feedparser's answers for "updated" with "published".
    value = dict.get(fields, key) if isinstance(fields, dict) else None
    return value if isinstance(value, str) else ""


def _when(times: Times, field: str, entry: Mapping[str, Any]) -> datetime | None:
    """The time as written, or as feedparser understood it (it knows more spellings, and answers in UTC)."""
    written = _said(entry, field)
    probe = Times(UTC)
    parsed = dict.get(entry, f"{field}_parsed") if isinstance(entry, dict) else None
    if written and parsed and probe.read(field, written) is None:
        written = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*parsed[:6])
    return times.read(field, written)


def _language(entry: Mapping[str, Any]) -> str:
    contents = entry.get("content") or ()
    return language_tag(_said(contents[0], "language")) if contents else ""


def _headline(entry: Mapping[str, Any]) -> str:
    title = _said(entry, "title")
    return title if _said(entry.get("title_detail", {}), "type") == "text/plain" else words_of(title)


def _byline(entry: Mapping[str, Any]) -> str:
    """Names only: RSS writes "mail@host (Name)", and an address is never shown."""
    names = [_said(author, "name") for author in entry.get("authors", ())] or [_said(entry, "author")]
    return ", ".join(dict.fromkeys(name for name in names if name and "@" not in name))


def _text(entry: Mapping[str, Any], base: str) -> tuple[HtmlRead, str, list[str]]:
    """The body, a summary that is not the body, and what must be said of them."""
    contents = [part for part in entry.get("content", ()) if _said(part, "value").strip()]
    whole = max(contents, key=lambda part: len(_said(part, "value")), default=None)
    short = _said(entry, "summary")
    detail = entry.get("summary_detail", {})
    if whole is None:
        read = _read(short, _said(detail, "type"), base)
        return read, "", _told(read.body, has_content=False)
    read = _read(_said(whole, "value"), _said(whole, "type"), base)
    summary = plain_text(_read(short, _said(detail, "type"), base).body)
    is_same = not summary or plain_text(read.body).startswith(summary.rstrip("…. ")[:200])
    return read, "" if is_same else summary, _told(read.body, has_content=True)


def _read(value: str, kind: str, base: str) -> HtmlRead:
    return HtmlRead(read_text(value)) if kind == "text/plain" else read_html(value, base=base)


def _told(body: Body, *, has_content: bool) -> list[str]:
    words = plain_text(body)
    if not words:
        return ["no text in the feed, only a headline"]
    if _CUT_SHORT.search(words[-60:]):
        return ["the text is cut short in the feed"]
    if not has_content and len(words) < _WHOLE:
        return ["only a description in the feed; it may not be the whole text"]
    return []


def _with_picture(body: Body, entry: Mapping[str, Any], base: str) -> Body:
    """The body under the entry's enclosed picture, where it shows none itself."""
    if pictures_in(body):
        return body
    enclosed = [link for link in entry.get("links", ()) if _said(link, "rel") == "enclosure"]
    offered = [*enclosed, *entry.get("media_content", ())]
    for picture in offered:
        src = absolute(_said(picture, "href") or _said(picture, "url"), base)
        is_picture = _said(picture, "type").startswith("image/") or _said(picture, "medium") == "image"
        if is_picture and src and is_safe_src(src):
            return (Picture(src), *body)
    return body
