"""Feeds: `feed.xml` (RSS), `atom.xml`, `feed.json`, for each language and each section that has a page.

A feed shows its newest stories in full, so it depends on their cards, on the stories that their text links to (a link
to a story that is gone is plain text), and on withdrawals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from dateline.press.surfaces import Surface
from dateline.site import links
from dateline.site.feeds.atom import atom, atom_entry
from dateline.site.feeds.items import Feed, Tombstone, item_of
from dateline.site.feeds.json_feed import json_feed, json_item
from dateline.site.feeds.rss import rss, rss_item
from dateline.site.house import House, SectionLabels, house
from dateline.site.kept import Written
from dateline.site.recipe import recipe
from dateline.site.surfaces.fronts import sections_shown
from dateline.story import reads
from dateline.story.changes import Change
from dateline.story.reads import CardKey

NEWEST: Final = 30
"""Stories in a feed."""

KEPT: Final = 600
"""Items kept in memory from one pressing to the next: about 10 MB."""

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without stories was last updated: RFC 4287 wants a moment, and there is no clock here."""

FORMATS: Final[dict[str, Callable[[Feed], bytes]]] = {"feed.xml": rss, "atom.xml": atom, "feed.json": json_feed}


def touched(change: Change) -> list[str]:
    """Feeds of the story's language and sections, and of those whose text links to it."""
    folders = _folders(change.language, change.sections)
    for story in change.linking:
        folders += _folders(story.language, story.sections)
    return [folder + name for folder in dict.fromkeys(folders) for name in FORMATS]


def _folders(language: str, sections: Iterable[str]) -> list[str]:
    return [links.front(language), *(links.section(language, slug) for slug in sections)]


def every() -> Iterator[str]:
    at = house()
    for language in at.languages:
        yield from (links.front(language) + name for name in FORMATS)
    for language, slug in sections_shown(at):
        yield from (links.section(language, slug) + name for name in FORMATS)


def render(paths: list[str]) -> Iterable[tuple[str, bytes | None]]:
    """The feeds; the three formats of one list are made of the same items."""
    at = house()
    label = SectionLabels(at)
    feeds: dict[str, Feed | None] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if folder not in feeds:
            feeds[folder] = feed_of(folder, at, label)
        feed = feeds[folder]
        yield path, FORMATS[name](feed) if feed else None


def feed_of(folder: str, house: House, label: SectionLabels) -> Feed | None:
    """The list that stands at a folder ("en", "en/politics"); None where there is none."""
    language, _, slug = folder.partition("/")
    if language not in house.languages:
        return None
    section = slug or None
    keys = reads.newest_keys(language, section, NEWEST)
    if section and not keys and section not in house.listed and not reads.newest(language, section, 1):
        return None
    items = written(keys, house, label)
    gone = tuple(Tombstone(w.uid, house.local(w.at)) for w in reads.withdrawn(language, section, NEWEST))
    agency = house.agency(language)
    return Feed(
        language=language,
        address=f"{folder}/",
        title=f"{agency}: {label(language, section)}" if section else agency,
        agency=agency,
        about=house.tagline(language),
        site_url=house.room.site_url,
        items=items,
        gone=gone,
        updated=max([*(i.updated for i in items), *(g.at for g in gone)], default=NEVER),
    )


def written(keys: list[CardKey], house: House, label: SectionLabels) -> tuple[Written, ...]:
    """The items of these keys, kept by the house: one act changes one of the thirty, and a take never changes."""
    kept = house.items
    missing = [key for key in keys if key not in kept]
    for key, card in (reads.cards_for(missing) if missing else {}).items():
        item = item_of(card, house, label)
        kept[key] = Written(item.updated, rss_item(item), atom_entry(item), json_item(item))
    # A story withdrawn since the keys were asked for has no card; its own act renders this feed again.
    there = [key for key in keys if key in kept]
    for key in there:
        kept[key] = kept.pop(key)  # to the end: what was asked for longest ago stands first and goes first
    while len(kept) > KEPT:
        del kept[next(iter(kept))]
    return tuple(kept[key] for key in there)


SURFACE = Surface("feed", 40, touched, every, render, recipe)
