"""The opening "December 9, Ranak." of a first paragraph, taken apart from the copy.

Promises kept here:
- `text` is the opening exactly as it stood, and nothing else leaves the paragraph;
- what is not surely a dateline stays copy: a date alone, or a date followed by a sentence, is a sentence;
- no year is guessed: without one in the text, the day is told only beside the card's own time.

Forms known: "December 9, Ranak." · "9 снежня, Ранак." · "MINSK, December 9, Ranak." · "MINSK, December 9."
"MINSK, Dec. 9 (Ranak) -" · "MINSK, Dec 9 -" · "MINSK (Ranak) —". Month names: datelines.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final

from dateline.formats.body import Body, Paragraph, Run, Runs, join_runs, text_of
from dateline.formats.story_card import Dateline

LONGEST: Final = 120
"""Characters looked at; the longest real ones (place, region, date with year, agency) stay under 80."""
_NEAREST: Final = timedelta(days=60)

_CAPITAL: Final = "[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЎ]"
_WORD: Final = rf"(?:{_CAPITAL}[\w’'`+-]*|[«“\"]{_CAPITAL}[^»”\"\n]{{1,30}}[»”\"])"
_NAME: Final = rf"{_WORD}(?: {_WORD}){{0,3}}"
_PLACE: Final = rf"(?P<place>(?:St\. )?{_NAME}(?:, {_NAME})?)"
_CAPITALS: Final = "(?P<place>[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЎ][^a-zа-яёіў\\n(.]{2,30})"
"""A place in capitals only, as agencies write it that leave out their name or the day.

Without a day it has five letters at least: a shorter one may be NATO.
"""
_AGENCY: Final = rf"(?P<agency>{_NAME})"


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((resources.files("dateline.formats") / "datelines.toml").read_text(encoding="utf-8"))


@cache
def _months() -> dict[str, int]:
    """Every spelling in small letters, and its month's number."""
    return {
        spelling.lower(): number
        for language, table in _tables().items()
        if language != "words"
        for number, spellings in enumerate(table["months"], start=1)
        for spelling in spellings
    }


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    spelled = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    month = rf"(?P<month>(?i:{spelled}))"
    day = r"(?P<day>0?[1-9]|[12]\d|3[01])"
    year = r"(?:,? (?P<year>(?:19|20)\d\d)(?: г\.| г\b| г\.,)?)?"
    written = {
        "month first": rf"{month}\.? {day}(?!\d){year}",
        "day first": rf"{day} {month}\b\.?{year}",
    }
    dash = r" ?[-–—]{1,2}(?= )"
    full_stop = r"\.(?=\s|$)"
    forms = []
    for day_and_month in written.values():
        forms += [
            rf"{_PLACE}, {day_and_month} \({_AGENCY}\){dash}",
            rf"{_PLACE}, {day_and_month},? {_AGENCY}{full_stop}",
            rf"{_CAPITALS}, {day_and_month}{full_stop}",
            rf"{_PLACE}, {day_and_month}{dash}",
            rf"{day_and_month},? {_AGENCY}{full_stop}",
            rf"{day_and_month},? {_PLACE} \({_AGENCY}\)(?:{full_stop}|{dash})",
        ]
    forms.append(rf"(?=[\w-]{{5}}){_CAPITALS}(?:, {_NAME})? \({_AGENCY}\){dash}")
    return tuple(re.compile(form) for form in forms)


@dataclass(frozen=True, slots=True)
class Opened:
    """A body without its opening dateline; `dateline` is None where there was none."""

    dateline: Dateline | None
    body: Body


def find_dateline(text: str, *, near: datetime | None = None) -> Dateline | None:
    """The dateline that a paragraph opens with, or None.

    Args:
        text: the paragraph's plain text.
        near: when the story was published; gives the year where the text has none, if the day is within 60 days of it.
    """
    for form in _forms():
        found = form.match(text[:LONGEST])
        if found and found.group().split()[0] not in _tables()["words"]["never_first"]:
            said = {key: value for key, value in found.groupdict().items() if value}
            return Dateline(found.group(), said.get("place", ""), _day(said, near), said.get("agency", ""))
    return None


def take_dateline(body: Body, *, near: datetime | None = None) -> Opened:
    """Take the dateline out of a body's first paragraph; a paragraph left empty is left out."""
    for at, block in enumerate(body):
        if isinstance(block, Paragraph):
            dateline = find_dateline(text_of(block.runs), near=near)
            if dateline is None:
                break
            rest = _without(block.runs, len(dateline.text))
            return Opened(dateline, (*body[:at], *([Paragraph(rest)] if rest else []), *body[at + 1 :]))
    return Opened(None, body)


def _without(runs: Runs, count: int) -> Runs:
    """The runs without their first `count` characters and the white space after them."""
    left: list[Run] = []
    for run in runs:
        text = run.text[count:]
        count = max(0, count - len(run.text))
        left.append(Run(text if left else text.lstrip(), run.marks, run.href))
        if not left[-1].text:
            left.pop()
    return join_runs(left)


def _day(said: dict[str, str], near: datetime | None) -> date | None:
    """The day meant: by its own year, or the year that puts it nearest to `near`."""
    if "month" not in said:
        return None
    month, day = _months()[said["month"].lower()], int(said["day"])
    years = [int(said["year"])] if "year" in said else [near.year + step for step in (0, -1, 1)] if near else []
    for year in years:
        try:
            when = date(year, month, day)
        except ValueError:
            continue
        if "year" in said or (near and abs(when - near.date()) <= _NEAREST):
            return when
    return None
