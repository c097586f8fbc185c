"""Newest-first lists: the front of each language, the root, and the sections.

Every language of the newsroom has a front, and a page for each listed section, from the first day on; an unlisted
section (one that came with an import) has pages only where a story stands under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline.formats.story_card import Headline
from dateline.press.surfaces import Surface
from dateline.site import links, pages
from dateline.site.house import House, SectionLabels, house
from dateline.site.interface import texts
from dateline.site.lines import NEWEST, by_day
from dateline.site.pages import Frame
from dateline.site.recipe import recipe
from dateline.story import reads
from dateline.story.changes import Change

# --- fronts ---------------------------------------------------------------------------------------------------


def front_touched(change: Change) -> list[str]:
    return [links.output(links.front(change.language)), links.INDEX]


def every_front() -> Iterator[str]:
    yield links.INDEX
    yield from (links.output(links.front(language)) for language in house().languages)


def render_fronts(paths: list[str]) -> Iterable[tuple[str, bytes | None]]:
    at, label = house(), SectionLabels(house())
    newest: dict[str, list[Headline]] = {}
    for path in paths:
        language = at.room.default_language if path == links.INDEX else path.partition("/")[0]
        if language not in at.languages:
            yield path, None
            continue
        if language not in newest:
            newest[language] = reads.newest(language, None, NEWEST)
        yield path, front_page(path, language, newest[language], at, label)


def front_page(path: str, language: str, stories: list[Headline], house: House, label: SectionLabels) -> bytes:
    """A front; the root's is that of the default language, and says so by its canonical address."""
    root, words = links.root_of(path), texts(language)
    fronts = {tag: links.front(tag) for tag in house.languages}
    tagline = house.tagline(language)
    agency = house.agency(language)
    frame = Frame(
        language=language,
        root=root,
        title=f"{agency} — {tagline}" if tagline else agency,
        canonical=links.front(language),
        switch=pages.switch(house, language, root, fronts),
        alternates=pages.alternates(house, fronts),
        description=tagline,
        current="front",
        feeds=links.front(language),
    )
    return _list_page(frame, "", stories, house, label, archive=links.to(root, f"{words.language}/archive/"))


# --- sections -------------------------------------------------------------------------------------------------


def section_touched(change: Change) -> list[str]:
    return [links.output(links.section(change.language, slug)) for slug in change.sections]


def every_section() -> Iterator[str]:
    at = house()
    return (links.output(links.section(language, slug)) for language, slug in sections_shown(at))


def sections_shown(house: House) -> list[tuple[str, str]]:
    """(language, section) pairs that have a page and feeds."""
    listed = [(language, slug) for language in house.languages for slug in house.listed]
    unlisted = sorted(pair for pair in reads.sections_out() - set(listed) if pair[0] in house.languages)
    return listed + unlisted


def render_sections(paths: list[str]) -> Iterable[tuple[str, bytes | None]]:
    at, label = house(), SectionLabels(house())
    for path in paths:
        language, _, rest = path.partition("/")
        slug = rest.partition("/")[0]
        stories = reads.newest(language, slug, NEWEST) if language in at.languages else []
        is_shown = bool(stories) or (language in at.languages and slug in at.listed)
        yield path, section_page(language, slug, stories, at, label) if is_shown else None


def section_page(language: str, slug: str, stories: list[Headline], house: House, label: SectionLabels) -> bytes:
    address = links.section(language, slug)
    root, name = links.root_of(address), label(language, slug)
    # An unlisted section may have no page in another language; its front is there for certain.
    addresses = {tag: links.section(tag, slug) for tag in house.languages} if slug in house.listed else {}
    agency = house.agency(language)
    frame = Frame(
        language=language,
        root=root,
        title=f"{name} — {agency}",
        canonical=address,
        switch=pages.switch(house, language, root, addresses),
        alternates=pages.alternates(house, addresses),
        description=texts(language)["colon"].format(label=agency, text=name),
        current=slug,
        feeds=address,
    )
    return _list_page(frame, name, stories, house, label, archive=links.to(root, f"{language}/archive/"))


def _list_page(
    frame: Frame, heading: str, stories: list[Headline], house: House, label: SectionLabels, *, archive: str
) -> bytes:
    groups = list(by_day(stories, house, label, frame.root, lead=not heading))
    content = {"heading": heading, "groups": groups, "archive": archive}
    return pages.page("list", house, frame, content)


FRONT = Surface("front", 30, front_touched, every_front, render_fronts, recipe)
SECTION = Surface("section", 30, section_touched, every_section, render_sections, recipe)
