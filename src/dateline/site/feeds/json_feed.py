"""JSON Feed 1.1, with what only an agency knows in the extension `_dateline` (docs/contracts/feeds.md)."""

from __future__ import annotations

import json
from typing import Any, Final

from dateline.site.feeds.items import Feed, Item
from dateline.site.interface import stamp

VERSION: Final = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """The feed's bytes, UTF-8, letters as they are."""
    said: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": f"{feed.url}feed.json",
        "language": feed.language,
        "authors": [{"name": feed.agency, "url": f"{feed.site_url}{feed.language}/"}],
    }
    if feed.about:
        said["description"] = feed.about
    # The items are written already, so the object around them is opened and closed by hand.
    head, items = _written(said).removesuffix("}"), ",\n".join(item.json for item in feed.items)
    return f'{head},"items":[\n{items}\n]}}\n'.encode()


def _written(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def json_item(item: Item) -> str:
    said: dict[str, Any] = {
        "id": f"urn:uuid:{item.uid}",
        "url": item.url,
        "title": item.title,
        # 1.1: one of content_html and content_text must be there.
        "content_html": item.html,
        "date_published": stamp(item.published),
        "date_modified": stamp(item.updated),
        "authors": [{"name": item.author}],
        "language": item.language,
        "_dateline": _own(item),
    }
    if item.summary:
        said["summary"] = item.summary
    if item.sections:
        said["tags"] = [label for _, label in item.sections]
    return _written(said)


def _own(item: Item) -> dict[str, Any]:
    said: dict[str, Any] = {
        "take": item.take,
        "access": "locked" if item.locked else "free",
        "sections": [slug for slug, _ in item.sections],
    }
    if item.dateline:
        said["dateline"] = item.dateline
    if item.corrections:
        said["corrections"] = [{"at": at, "note": note} for at, note in item.corrections]
    return said
