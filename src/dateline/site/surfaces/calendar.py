"""Lists by date: a day's stories, a month's days, and all months. A new story never shifts an old page.

A day page names the nearest days with stories, and links to the same day in other languages; a month page does the
same with months. So an act touches its day and month in every language, and those of the days around it in its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from dateline.formats.story_card import Headline
from dateline.press.surfaces import Surface
from dateline.site import links, pages
from dateline.site.house import House, SectionLabels, house
from dateline.site.interface import Texts, texts
from dateline.site.lines import day_address, line, month_address
from dateline.site.pages import Frame
from dateline.site.recipe import recipe
from dateline.story import reads
from dateline.story.changes import Change

DAYS_A_WEEK: Final = 7


class DaysOut:
    """Which days have stories, in each language: those from the first to the last of some days, and one step beyond."""

    def __init__(self, house: House, days: Collection[date]) -> None:
        self._first, self._last = min(days, default=date.min), max(days, default=date.min)
        self._tallies = reads.tallies(house.languages, self._first, self._last)
        self._days = {language: list(tallies) for language, tallies in self._tallies.items()}

    def languages_on(self, day: date) -> list[str]:
        return [language for language, tallies in self._tallies.items() if day in tallies]

    def tallies(self, language: str, first: date, last: date) -> dict[date, int]:
        days = self._days[language]
        inside = days[bisect_left(days, first) : bisect_right(days, last)]
        return {day: self._tallies[language][day] for day in inside}

    def around(self, language: str, first: date, last: date) -> tuple[date | None, date | None]:
        """The nearest days with stories before a stretch of days and after it."""
        days = self._days[language]
        before, after = bisect_left(days, first), bisect_right(days, last)
        return (
            days[before - 1] if before else reads.day_before(language, self._first),
            days[after] if after < len(days) else reads.day_after(language, self._last),
        )


# --- days -----------------------------------------------------------------------------------------------------


def day_touched(change: Change) -> list[str]:
    same_day = [day_address(language, change.day) for language in house().languages]
    around = [day_address(change.language, day) for day in change.days_around]
    own = day_address(change.language, change.day)
    return [links.output(address) for address in dict.fromkeys([own, *same_day, *around])]


def every_day() -> Iterator[str]:
    for language, tallies in reads.tallies(house().languages).items():
        yield from (links.output(day_address(language, day)) for day in tallies)


def render_days(paths: list[str]) -> Iterable[tuple[str, bytes | None]]:
    at, label = house(), SectionLabels(house())
    when = {path: _when(path) for path in paths}
    out = DaysOut(at, {day for _, day in when.values()})
    stories = reads.on_days({language for language, _ in when.values()}, {day for _, day in when.values()})
    for path, (language, day) in when.items():
        found = stories.get((language, day))
        yield path, day_page(language, day, found, out, at, label) if found and language in at.languages else None


def _when(path: str) -> tuple[str, date]:
    """The language and day of a day's path; of a month's path, its first day."""
    language, year, month, *rest = path.split("/")
    return language, date(int(year), int(month), int(rest[0]) if len(rest) > 1 else 1)


def day_page(
    language: str, day: date, stories: list[Headline], out: DaysOut, house: House, label: SectionLabels
) -> bytes:
    words, address = texts(language), day_address(language, day)
    root = links.root_of(address)
    before, after = out.around(language, day, day)
    title = words.weekday_day(day)
    frame = _frame(house, language, address, title, {tag: day_address(tag, day) for tag in out.languages_on(day)})
    content = {
        "heading": title,
        "month": words.month(day),
        "count": words.count("stories", len(stories)),
        "lines": [line(story, house, label, root, tag="h2") for story in stories],
        "before": before and _neighbour(root + day_address(language, before), words["previous_day"], words.day(before)),
        "after": after and _neighbour(root + day_address(language, after), words["next_day"], words.day(after)),
    }
    return pages.page("day", house, frame, content)


def _neighbour(href: str, what: str, title: str) -> dict[str, str]:
    return {"href": href, "what": what, "title": title}


def _frame(
    house: House, language: str, address: str, title: str, also: dict[str, str], *, is_everywhere: bool = False
) -> Frame:
    """Dates in two languages are no translations of each other: a switch, but no hreflang, unless all have the page."""
    root, agency = links.root_of(address), house.agency(language)
    return Frame(
        language=language,
        root=root,
        title=f"{title} — {agency}",
        canonical=address,
        switch=pages.switch(house, language, root, also),
        alternates=pages.alternates(house, also) if is_everywhere else (),
        description=texts(language)["colon"].format(label=agency, text=title),
        feeds=links.front(language),
    )


# --- months ---------------------------------------------------------------------------------------------------


def month_touched(change: Change) -> list[str]:
    same_month = [month_address(language, change.day) for language in house().languages]
    around = [month_address(change.language, day) for day in change.days_around]
    own = month_address(change.language, change.day)
    return [links.output(address) for address in dict.fromkeys([own, *same_month, *around])]


def every_month() -> Iterator[str]:
    for language in house().languages:
        yield from (links.output(month_address(language, month)) for month in reads.month_tallies(language))


def render_months(paths: list[str]) -> Iterable[tuple[str, bytes | None]]:
    at = house()
    when = {path: _when(path) for path in paths}
    out = DaysOut(at, {day for _, first in when.values() for day in (first, _last(first))})
    for path, (language, month) in when.items():
        yield path, month_page(language, month, out, at) if language in at.languages else None


def _last(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def month_page(language: str, first: date, out: DaysOut, house: House) -> bytes | None:
    last = _last(first)
    tallies = out.tallies(language, first, last)
    if not tallies:
        return None
    words, address = texts(language), month_address(language, first)
    root = links.root_of(address)
    before, after = out.around(language, first, last)
    title = words.month(first)
    also = {tag: month_address(tag, first) for tag in house.languages if out.tallies(tag, first, last)}
    content = {
        "heading": title,
        "count": words.count("stories", sum(tallies.values())),
        "weekdays": list(zip(words.dates["weekdays_short"], words.dates["weekdays"], strict=True)),
        "weeks": _weeks(first, last, tallies, words),
        "before": before
        and _neighbour(root + month_address(language, before), words["previous_month"], words.month(before)),
        "after": after and _neighbour(root + month_address(language, after), words["next_month"], words.month(after)),
    }
    return pages.page("month", house, _frame(house, language, address, title, also), content)


def _weeks(first: date, last: date, tallies: dict[date, int], words: Texts) -> list[list[dict[str, Any]]]:
    """Weeks from Monday; cells outside the month have no number."""
    days = [first + timedelta(days=n) for n in range(last.day)]
    cells = [{"number": 0, "stories": 0}] * first.weekday() + [_cell(day, tallies.get(day, 0), words) for day in days]
    cells += [{"number": 0, "stories": 0}] * (-len(cells) % DAYS_A_WEEK)
    return [cells[at : at + DAYS_A_WEEK] for at in range(0, len(cells), DAYS_A_WEEK)]


def _cell(day: date, stories: int, words: Texts) -> dict[str, Any]:
    if not stories:
        return {"number": day.day, "stories": 0}
    count = words.count("stories", stories)
    return {"number": day.day, "stories": stories, "href": f"{day.day:02}/", "count": count}


# --- archive --------------------------------------------------------------------------------------------------


def archive_touched(change: Change) -> list[str]:
    return [links.output(f"{change.language}/archive/")]


def every_archive() -> Iterator[str]:
    return (links.output(f"{language}/archive/") for language in house().languages)


def render_archives(paths: list[str]) -> Iterable[tuple[str, bytes | None]]:
    at = house()
    for path in paths:
        language = path.partition("/")[0]
        yield path, archive_page(language, at) if language in at.languages else None


def archive_page(language: str, house: House) -> bytes:
    words, address = texts(language), f"{language}/archive/"
    also = {tag: f"{tag}/archive/" for tag in house.languages}
    newest_first = sorted(reads.month_tallies(language).items(), reverse=True)
    years = [
        {"number": year, "months": [_archived(month, stories, words) for month, stories in months]}
        for year, months in groupby(newest_first, lambda entry: entry[0].year)
    ]
    frame = _frame(house, language, address, words["archive"], also, is_everywhere=True)
    return pages.page("archive", house, frame, {"years": years})


def _archived(month: date, stories: int, words: Texts) -> dict[str, str]:
    return {
        "href": f"../{month.year:04}/{month.month:02}/",
        "name": words.month_name(month.month),
        "count": words.count("stories", stories),
    }


DAY = Surface("day", 20, day_touched, every_day, render_days, recipe)
MONTH = Surface("month", 21, month_touched, every_month, render_months, recipe)
ARCHIVE = Surface("archive", 22, archive_touched, every_archive, render_archives, recipe)
