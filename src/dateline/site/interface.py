"""Interface texts, dates and counts in the languages a newsroom may publish in.

The texts are data (`texts/*.toml`, one file a language, the same keys in each). Dates are written from the tables
there and from nothing else: no locale of the machine, no clock, and the newsroom's zone is passed in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import Locale

_PLURALS_AS: Final = {"be-Latn": "be"}
"""Tags whose plural rules CLDR keeps under another tag: the rule is the language's, not the script's."""


@dataclass(frozen=True)
class Texts:
    """The words of one language. `said` holds plain lines by key; see `texts/en.toml` for the keys."""

    language: str
    said: Mapping[str, str]
    counted: Mapping[str, Mapping[str, str]]
    dates: Mapping[str, Any]
    category: Callable[[int], str]

    def __getitem__(self, key: str) -> str:
        return self.said[key]

    def count(self, key: str, n: int) -> str:
        """`n` things in words: "1 story", "2 паведамленні" (plural rules: CLDR, by babel)."""
        forms = self.counted[key]
        return forms[self.category(n)].format(n=n)

    def day(self, day: date) -> str:
        """Day, month and year: "22 November 2026"."""
        return str(self.dates["day"]).format(day=day.day, month=self.dates["months_of"][day.month - 1], year=day.year)

    def weekday_day(self, day: date) -> str:
        """With the day of the week: "Sunday, 22 November 2026"."""
        line = str(self.dates["weekday_day"]).format(
            weekday=self.dates["weekdays"][day.weekday()],
            day=day.day,
            month=self.dates["months_of"][day.month - 1],
            year=day.year,
        )
        return _capital(line)

    def month(self, day: date) -> str:
        """Month and year: "November 2026"."""
        line = str(self.dates["month"]).format(month=self.dates["months"][day.month - 1], year=day.year)
        return _capital(line)

    def month_name(self, month: int) -> str:
        """The month alone: "November"."""
        return _capital(self.dates["months"][month - 1])

    def moment(self, at: datetime) -> str:
        """Day and hour: "22 November 2026, 14:05 (UTC+3)"; `at` is in the newsroom's zone already."""
        line = str(self.dates["moment"]).format(
            day=at.day, month=self.dates["months_of"][at.month - 1], year=at.year, clock=f"{at:%H:%M}"
        )
        return f"{line} ({offset(at)})"


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def offset(at: datetime) -> str:
    """How far the moment's zone is from UTC, readable in every language: "UTC", "UTC+3", "UTC−3:30"."""
    away = at.utcoffset()
    minutes = int(away.total_seconds()) // 60 if away else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def in_zone(at: datetime, zone: ZoneInfo) -> datetime:
    """The moment on the newsroom's clock; seconds and less are kept for `stamp`."""
    return at.astimezone(zone)


def stamp(at: datetime) -> str:
    """RFC 3339 with the offset, to the second: what machines read. `at` is aware."""
    return at.isoformat(timespec="seconds")


@cache
def texts(language: str) -> Texts:
    """The words of a language.

    Raises:
        FileNotFoundError: there is no `texts/{language}.toml`; `newsroom.SPOKEN` names a language that is not written.
    """
    said = tomllib.loads((resources.files("dateline.site") / f"texts/{language}.toml").read_text(encoding="utf-8"))
    dates = said.pop("dates")
    counted = {key: value for key, value in said.items() if isinstance(value, dict)}
    plain = {key: value for key, value in said.items() if isinstance(value, str)}
    plural = Locale.parse(_PLURALS_AS.get(language, language)).plural_form
    return Texts(language, plain, counted, dates, plural)
