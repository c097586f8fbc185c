"""Sitemaps: an index, one file a day, one of lists, and the news sitemap of the last two days.

The index says no `lastmod`, so it changes only when a day appears or goes; a day's file changes only with its stories
and their translations. Source: sitemaps.org 0.9; hreflang and news extensions as Google documents them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from dateline.formats.story_card import Headline
from dateline.press.surfaces import Surface
from dateline.site import pages
from dateline.site.house import House, house
from dateline.site.interface import stamp
from dateline.site.lines import day_address
from dateline.site.markup import escaped, quoted
from dateline.site.recipe import recipe
from dateline.story import reads
from dateline.story.changes import Change
from dateline.story.models import ActKind

INDEX: Final = "sitemap.xml"
LISTS: Final = "sitemaps/lists.xml"
NEWS: Final = "news-sitemap.xml"

NEWS_AGE: Final = timedelta(days=2)
"""Google, "Create a News sitemap": articles of the last two days."""

NEWS_MAX: Final = 1_000
"""Google, same page: `<news:news>` tags a file may have."""

_DAY: Final = re.compile(r"sitemaps/(\d{4}-\d\d-\d\d)\.xml")
_ADDRESS: Final = re.compile(r"[^/]+/(\d{4})/(\d\d)/(\d\d)/")
_NEWS_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
"""Google, same page: ISO 639 codes of two or three letters, so be but not be-Latn."""

_XML: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
_SITEMAP: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def touched(change: Change) -> list[str]:
    """The story's day, the days of the pages beside it (its translations among them), the index and the news.

    A later take of a story that is out brings no day and takes none away, so it leaves the index alone.
    """
    days = [change.day.isoformat()]
    days += ["-".join(found.groups()) for address in change.beside if (found := _ADDRESS.match(address))]
    comes_or_goes = change.kind not in (ActKind.UPDATE, ActKind.CORRECT)
    return [*(f"sitemaps/{day}.xml" for day in dict.fromkeys(days)), *([INDEX] if comes_or_goes else []), NEWS]


def every() -> Iterator[str]:
    yield from (f"sitemaps/{day}.xml" for day in reads.every_day(house().languages))
    yield from (INDEX, LISTS, NEWS)


def render(paths: list[str]) -> Iterable[tuple[str, bytes | None]]:
    at = house()
    days = {path: date.fromisoformat(found[1]) for path in paths if (found := _DAY.fullmatch(path))}
    stories = reads.on_days_everywhere(list(days.values()))
    sets = reads.translation_sets(group for found in stories.values() for _, group in found)
    for path in paths:
        if path in days:
            yield path, day_map(days[path], stories.get(days[path], []), sets, at)
        else:
            yield path, _FILES[path](at)


# --- files ----------------------------------------------------------------------------------------------------


def index(house: House) -> bytes:
    sheets = [LISTS, *(f"sitemaps/{day}.xml" for day in reads.every_day(house.languages))]
    lines = [f"<sitemap><loc>{escaped(house.absolute(sheet))}</loc></sitemap>" for sheet in sheets]
    return "\n".join([f"{_XML}<sitemapindex {_SITEMAP}>", *lines, "</sitemapindex>\n"]).encode()


def day_map(
    day: date, stories: list[tuple[Headline, str]], sets: Mapping[str, tuple[Headline, ...]], house: House
) -> bytes | None:
    """The stories (with their groups) and day pages of one day; None where the newsroom published none."""
    stories = [(story, group) for story, group in stories if story.language in house.languages]
    if not stories:
        return None
    languages = {story.language for story, _ in stories}
    urls = [_url(house.absolute(day_address(tag, day))) for tag in house.languages if tag in languages]
    urls += [_story_url(story, sets.get(group, ()), house) for story, group in stories if story.has_text]
    return _urlset(urls)


def _story_url(story: Headline, siblings: Iterable[Headline], house: House) -> str:
    addresses = {sibling.language: sibling.address for sibling in siblings if sibling.language in house.languages}
    # A second story of one language in a group is nobody's translation: sets must be symmetric.
    if addresses.get(story.language) != story.address:
        addresses = {}
    return _url(house.absolute(story.address), stamp(house.local(story.updated)), pages.alternates(house, addresses))


def _url(loc: str, lastmod: str = "", alternates: Iterable[pages.Alternate] = ()) -> str:
    parts = [f"<loc>{escaped(loc)}</loc>"]
    if lastmod:
        parts.append(f"<lastmod>{lastmod}</lastmod>")
    parts += [f'<xhtml:link rel="alternate" hreflang="{tag}" href="{quoted(url)}"/>' for tag, url in alternates]
    return f"<url>{''.join(parts)}</url>"


def _urlset(urls: list[str]) -> bytes:
    head = f'{_XML}<urlset {_SITEMAP} xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    return "\n".join([head, *urls, "</urlset>\n"]).encode()


def lists_map(house: House) -> bytes:
    """Fronts, listed sections, archives and about pages, each with its other languages."""
    kinds = ["", *(f"{slug}/" for slug in house.listed), "archive/", "about/"]
    urls = []
    for kind in kinds:
        addresses = {tag: f"{tag}/{kind}" for tag in house.languages}
        alternates = pages.alternates(house, addresses)
        urls += [_url(house.absolute(address), "", alternates) for address in addresses.values()]
    return _urlset(urls)


def news_map(house: House) -> bytes:
    """Stories of two days up to the newest story's own hour: no clock, so the same record gives the same bytes."""
    languages = [tag for tag in house.languages if _NEWS_LANGUAGE.fullmatch(tag)]
    stories = reads.since(languages, NEWS_AGE, NEWS_MAX)
    lines = [_news(story, house) for story in stories if story.has_text and story.headline]
    head = f'{_XML}<urlset {_SITEMAP} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    return "\n".join([head, *lines, "</urlset>\n"]).encode()


def _news(story: Headline, house: House) -> str:
    name = escaped(house.agency(story.language))
    return (
        f"<url><loc>{escaped(house.absolute(story.address))}</loc><news:news>"
        f"<news:publication><news:name>{name}</news:name><news:language>{story.language}</news:language>"
        f"</news:publication><news:publication_date>{stamp(house.local(story.published))}</news:publication_date>"
        f"<news:title>{escaped(story.headline)}</news:title></news:news></url>"
    )


_FILES: Final = {INDEX: index, LISTS: lists_map, NEWS: news_map}

SURFACE = Surface("sitemap", 45, touched, every, render, recipe)
