"""Outputs that the record does not touch: about, not found, feeds.opml, robots.txt, security.txt, the icon."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib import resources
from typing import Final

from dateline.formats.body import clean_line, is_safe_href
from dateline.press.surfaces import Surface
from dateline.site import links, pages
from dateline.site.house import House, house
from dateline.site.interface import stamp, texts
from dateline.site.markup import escaped, quoted
from dateline.site.pages import Frame
from dateline.site.recipe import recipe
from dateline.story.changes import Change

SECURITY: Final = ".well-known/security.txt"


def touched(change: Change) -> list[str]:
    return []


def every() -> Iterator[str]:
    at = house()
    for language in at.languages:
        yield links.output(f"{language}/about/")
        yield f"{language}/404.html"
    yield from _FILES if security_txt(at) is not None else (path for path in _FILES if path != SECURITY)


def render(paths: list[str]) -> Iterable[tuple[str, bytes | None]]:
    at = house()
    return ((path, _render(path, at)) for path in paths)


def _render(path: str, house: House) -> bytes | None:
    if path in _FILES:
        return _FILES[path](house)
    language = path.partition("/")[0]
    if language not in house.languages:
        return None
    return not_found_page(language, house) if path.endswith("/404.html") else about_page(language, house)


# --- pages ----------------------------------------------------------------------------------------------------


def about_page(language: str, house: House) -> bytes:
    words, address = texts(language), f"{language}/about/"
    root, agency = links.root_of(address), house.agency(language)
    also = {tag: f"{tag}/about/" for tag in house.languages}
    frame = Frame(
        language=language,
        root=root,
        title=f"{words['about']} — {agency}",
        canonical=address,
        switch=pages.switch(house, language, root, also),
        alternates=pages.alternates(house, also),
        description=house.tagline(language),
        feeds=links.front(language),
    )
    contact = clean_line(house.room.contact)
    spoken, paragraphs = house.about(language)
    content = {
        "paragraphs": paragraphs or [house.tagline(language) or agency],
        "spoken": spoken if paragraphs and spoken != language else "",
        "corrections_title": words.count("corrections", 2),
        "contact": contact,
        "contact_href": contact_uri(contact),
        "feeds": [_feeds(root + folder, label) for folder, label in _feed_folders(house, language)],
    }
    return pages.page("about", house, frame, content)


def _feed_folders(house: House, language: str) -> list[tuple[str, str]]:
    sections = [(links.section(language, slug), house.listed_label(language, slug)) for slug in house.listed]
    return [(links.front(language), texts(language)["all_news"]), *sections]


def _feeds(folder: str, label: str) -> tuple[str, str, str, str]:
    return label, f"{folder}feed.xml", f"{folder}atom.xml", f"{folder}feed.json"


def contact_uri(contact: str) -> str:
    """The newsroom's contact as a link; "" where it is words."""
    if contact.startswith(("https://", "http://", "mailto:")):
        return contact if is_safe_href(contact) else ""
    return f"mailto:{contact}" if "@" in contact and " " not in contact else ""


def not_found_page(language: str, house: House) -> bytes:
    """The page that a server gives for any wrong address, so its links start at the host's root."""
    words, root = texts(language), "/" + house.room.site_url.split("/", 3)[3]
    frame = Frame(
        language=language,
        root=root,
        title=f"{words['not_found']} — {house.agency(language)}",
        canonical=None,
        switch=pages.switch(house, language, root, {}),
    )
    return pages.page("not_found", house, frame, {"front": root + links.front(language)})


# --- files ----------------------------------------------------------------------------------------------------


def opml(house: House) -> bytes:
    """All feeds, for a reader's program: OPML 2.0. No `dateCreated`: it would need a clock."""
    title = escaped(house.agency(house.room.default_language))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<opml version="2.0">\n<head><title>{title}</title></head>\n<body>',
    ]
    for language in house.languages:
        lines.append(f'<outline text="{quoted(texts(language)["name"])}">')
        for folder, label in _feed_folders(house, language):
            url = house.absolute(folder)
            lines.append(
                f'<outline type="rss" version="RSS2" text="{quoted(label)}" title="{quoted(label)}"'
                f' xmlUrl="{quoted(url)}feed.xml" htmlUrl="{quoted(url)}" language="{language}"/>'
            )
        lines.append("</outline>")
    return "\n".join([*lines, "</body>\n</opml>\n"]).encode()


def robots(house: House) -> bytes:
    """RFC 9309: pages are for everybody, what is made per request for nobody."""
    site = house.room.site_url
    root = "/" + site.split("/", 3)[3]
    closed = "".join(f"Disallow: {root}{path}\n" for path in ("account/", "desk/", "search"))
    return f"User-agent: *\n{closed}\nSitemap: {site}sitemap.xml\nSitemap: {site}news-sitemap.xml\n".encode()


def security_txt(house: House) -> bytes | None:
    """RFC 9116; None where newsroom.toml lacks a contact or the `security_expires` that 2.5.5 demands.

    A file made without a clock cannot choose that day itself, so the newsroom writes it: an offset date-time.
    """
    contact = contact_uri(clean_line(house.room.contact))
    expires = tomllib.loads(house.room.source).get("security_expires")
    if not contact or not isinstance(expires, datetime) or expires.tzinfo is None:
        return None
    until = stamp(expires.astimezone(UTC)).replace("+00:00", "Z")
    languages = ", ".join(house.languages)
    where = house.absolute(SECURITY)
    return f"Contact: {contact}\nExpires: {until}\nPreferred-Languages: {languages}\nCanonical: {where}\n".encode()


def icon(house: House) -> bytes:
    return (resources.files("dateline.site") / "icon.svg").read_bytes()


_FILES: Final[dict[str, Callable[[House], bytes | None]]] = {
    "404.html": lambda at: not_found_page(at.room.default_language, at),
    "feeds.opml": opml,
    "icon.svg": icon,
    "robots.txt": robots,
    SECURITY: security_txt,
}

SURFACE = Surface("plain", 50, touched, every, render, recipe)
