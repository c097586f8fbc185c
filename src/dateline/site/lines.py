"""Headlines as the lines of a list, grouped by day.

An act changes one line of the sixty on a front, so lines are kept as they were written, by all that they show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from markupsafe import Markup

from dateline.formats.story_card import Headline
from dateline.site.house import House, SectionLabels, shown_headline
from dateline.site.interface import stamp, texts
from dateline.site.pages import part

NEWEST: Final = 60
"""Headlines on a front or section page: what fits a reader's first window of bytes."""

URGENT: Final = 2
"""Urgencies up to here are set in bold: a flash and what follows it (1 is highest)."""

KEPT: Final = 6_000
"""Lines kept from one pressing to the next, some 3 MB; all are forgotten when there are more."""


class Day(NamedTuple):
    """A day of a list; `weekday` with its comma and `date` are written in two lines where the page is wide."""

    href: str
    weekday: str
    date: str
    lines: list[Markup]


def line(
    story: Headline, house: House, label: SectionLabels, root: str, *, tag: str = "h3", lead: bool = False
) -> Markup:
    """One `<li>`. `tag` is the headline's level on its page; a `lead` opens the front, larger and with its summary."""
    key = (story, root, tag, lead)
    kept = house.lines.get(key)
    if kept is None:
        if len(house.lines) >= KEPT:
            house.lines.clear()
        kept = house.lines[key] = _written(story, house, label, root, tag=tag, lead=lead)
    return kept


def _written(story: Headline, house: House, label: SectionLabels, root: str, *, tag: str, lead: bool) -> Markup:
    at, words = house.local(story.published), texts(story.language)
    return part(
        "line",
        t=words,
        tag=tag,
        lead=lead,
        href=root + story.address if story.has_text else "",  # a listing entry has no page
        headline=shown_headline(story, words),
        is_named=bool(story.headline),
        stamp=stamp(at),
        clock=f"{at.hour:02}:{at.minute:02}",
        sections=", ".join([label(story.language, slug) for slug in story.sections]),
        locked=story.locked,
        corrected=story.corrected,
        urgent=story.urgency <= URGENT,
        summary=story.summary if lead else "",
    )


def by_day(
    stories: Iterable[Headline], house: House, label: SectionLabels, root: str, *, lead: bool = False
) -> Iterator[Day]:
    """Neighbouring stories of one day of the newsroom's calendar, under that day's name; a lead opens the first day.

    The day is the address's, which was fixed when the story went out: the day page that is linked lists the story,
    even where the newsroom has moved to another zone since.
    """
    for (language, *parts), group in groupby(stories, lambda story: story.address.split("/")[:4]):
        lines = []
        for story in group:
            lines.append(line(story, house, label, root, lead=lead))
            lead = False
        day = date(*map(int, parts))
        weekday, _, rest = texts(language).weekday_day(day).partition(" ")
        yield Day(root + day_address(language, day), weekday, rest, lines)


def day_address(language: str, day: date) -> str:
    return f"{language}/{day.year:04}/{day.month:02}/{day.day:02}/"


def month_address(language: str, day: date) -> str:
    return f"{language}/{day.year:04}/{day.month:02}/"
