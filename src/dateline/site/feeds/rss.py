"""RSS 2.0, full text in `content:encoded`, the later take's hour in `atom:updated` (RSS has no word for it)."""

from __future__ import annotations

from email.utils import format_datetime

from dateline.site.feeds.items import Feed, Item
from dateline.site.interface import stamp
from dateline.site.markup import escaped, quoted


def rss(feed: Feed) -> bytes:
    """The feed's bytes, UTF-8. Dates are English whatever the language (RFC 822), by a function without a locale."""
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/">',
        "<channel>",
        f"<title>{escaped(feed.title)}</title>",
        f"<link>{escaped(feed.url)}</link>",
        f"<description>{escaped(feed.about or feed.title)}</description>",
        f"<language>{feed.language}</language>",
        f"<lastBuildDate>{format_datetime(feed.updated)}</lastBuildDate>",
        f'<atom:link rel="self" type="application/rss+xml" href="{quoted(feed.url)}feed.xml"/>',
        f'<atom:link rel="alternate" type="application/atom+xml" href="{quoted(feed.url)}atom.xml"/>',
    ]
    return "\n".join([*head, *(item.rss for item in feed.items), "</channel>\n</rss>\n"]).encode()


def rss_item(item: Item) -> str:
    parts = [
        "<item>",
        f"<title>{escaped(item.title)}</title>",
        f"<link>{escaped(item.url)}</link>",
        f'<guid isPermaLink="false">urn:uuid:{item.uid}</guid>',
        f"<pubDate>{format_datetime(item.published)}</pubDate>",
        f"<atom:updated>{stamp(item.updated)}</atom:updated>",
        f"<dc:creator>{escaped(item.author)}</dc:creator>",
        *(f"<category>{escaped(label)}</category>" for _, label in item.sections),
        f"<description>{escaped(escaped(item.summary))}</description>" if item.summary else "",
        f"<content:encoded>{item.html_escaped}</content:encoded>" if item.html else "",
        "</item>",
    ]
    return "\n".join(filter(None, parts))
