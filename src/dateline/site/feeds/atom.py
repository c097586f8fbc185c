"""Atom 1.0 (RFC 4287) with the tombstones of RFC 6721 for stories that were withdrawn."""

from __future__ import annotations

from dateline.site.feeds.items import Feed, Item, Tombstone
from dateline.site.interface import stamp
from dateline.site.markup import escaped, quoted


def atom(feed: Feed) -> bytes:
    """The feed's bytes, UTF-8."""
    url = quoted(feed.url)
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
        f' xml:lang="{feed.language}">',
        f"<id>{escaped(feed.url)}atom.xml</id>",  # RFC 4287 4.2.6: the address it first had, for good
        f"<title>{escaped(feed.title)}</title>",
        f"<subtitle>{escaped(feed.about)}</subtitle>" if feed.about else "",
        f"<updated>{stamp(feed.updated)}</updated>",
        f"<author><name>{escaped(feed.agency)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{url}atom.xml"/>',
        f'<link rel="alternate" type="text/html" hreflang="{feed.language}" href="{url}"/>',
        f'<link rel="alternate" type="application/rss+xml" href="{url}feed.xml"/>',
        f'<link rel="alternate" type="application/feed+json" href="{url}feed.json"/>',
        f"<icon>{escaped(feed.site_url)}icon.svg</icon>",
    ]
    gone = [_tombstone(tombstone) for tombstone in feed.gone]
    entries = [item.atom for item in feed.items]
    return "\n".join([*filter(None, head), *gone, *entries, "</feed>\n"]).encode()


def atom_entry(item: Item) -> str:
    scheme = quoted(item.scheme)
    categories = [
        f'<category term="{quoted(slug)}" scheme="{scheme}" label="{quoted(label)}"/>' for slug, label in item.sections
    ]
    parts = [
        "<entry>",
        f"<id>urn:uuid:{item.uid}</id>",
        f"<title>{escaped(item.title)}</title>",
        f"<published>{stamp(item.published)}</published>",
        f"<updated>{stamp(item.updated)}</updated>",
        # On every entry: feedparser and newsboat show none that only the feed has.
        f"<author><name>{escaped(item.author)}</name></author>",
        f'<link rel="alternate" type="text/html" hreflang="{item.language}" href="{quoted(item.url)}"/>',
        *categories,
        f"<summary>{escaped(item.summary)}</summary>" if item.summary else "",
        f'<content type="html">{item.html_escaped}</content>' if item.html else "",
        "</entry>",
    ]
    return "\n".join(filter(None, parts))


def _tombstone(gone: Tombstone) -> str:
    return f'<at:deleted-entry ref="urn:uuid:{gone.uid}" when="{stamp(gone.at)}"/>'
