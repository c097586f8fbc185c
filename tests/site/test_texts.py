"""The words of the pages: complete in every language, counted right, dated right, each in its own letters."""

import re
import tomllib
from datetime import UTC, date, datetime
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from dateline.site.interface import in_zone, offset, stamp, texts
from dateline.story.newsroom import SPOKEN

CYRILLIC = re.compile("[\u0400-\u04ff]")
NOT_BELARUSIAN = re.compile("[ищъИЩЪ]")
"""Letters that Russian has and Belarusian has not."""
NOT_RUSSIAN = re.compile("[іўІЎ]")


def written(language):
    return tomllib.loads((resources.files("dateline.site") / f"texts/{language}.toml").read_text(encoding="utf-8"))


def every_line(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from every_line(inner)
    else:
        for inner in value:
            yield from every_line(inner)


@pytest.mark.parametrize("language", SPOKEN)
def test_every_language_says_the_same_things(language):
    english, other = written("en"), written(language)
    assert set(other) == set(english)
    assert set(other["dates"]) == set(english["dates"])
    for key, line in english.items():
        if isinstance(line, str):
            assert other[key].strip() == other[key] != ""
            assert set(re.findall(r"{\w*}", other[key])) == set(re.findall(r"{\w*}", line)), key


@pytest.mark.parametrize("language", SPOKEN)
def test_every_plural_form_of_the_language_is_written(language):
    for forms in (written(language)["stories"], written(language)["corrections"]):
        assert {texts(language).category(n) for n in range(200)} <= set(forms)


def test_letters_are_the_languages_own():
    assert not [line for line in every_line(written("be-Latn")) if CYRILLIC.search(line)]
    assert not [line for line in every_line(written("en")) if CYRILLIC.search(line)]
    assert not [line for line in every_line(written("be")) if NOT_BELARUSIAN.search(line)]
    assert not [line for line in every_line(written("ru")) if NOT_RUSSIAN.search(line)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["0 stories", "1 story", "2 stories", "5 stories", "11 stories", "21 stories"]),
        ("be", ["0 паведамленняў", "1 паведамленне", "2 паведамленні", "5 паведамленняў", "11 паведамленняў",
                "21 паведамленне"]),
        ("be-Latn", ["0 paviedamleńniaŭ", "1 paviedamleńnie", "2 paviedamleńni", "5 paviedamleńniaŭ",
                     "11 paviedamleńniaŭ", "21 paviedamleńnie"]),
        ("ru", ["0 сообщений", "1 сообщение", "2 сообщения", "5 сообщений", "11 сообщений", "21 сообщение"]),
    ],
)  # fmt: skip
def test_counts_take_the_right_form(language, said):
    assert [texts(language).count("stories", n) for n in (0, 1, 2, 5, 11, 21)] == said


@pytest.mark.parametrize(
    ("language", "weekday_day", "month", "moment"),
    [
        ("en", "Sunday, 22 November 2026", "November 2026", "22 November 2026, 14:05 (UTC+2)"),
        ("be", "Нядзеля, 22 лістапада 2026", "Лістапад 2026", "22 лістапада 2026, 14:05 (UTC+2)"),
        ("be-Latn", "Niadziela, 22 listapada 2026", "Listapad 2026", "22 listapada 2026, 14:05 (UTC+2)"),
        ("ru", "Воскресенье, 22 ноября 2026", "Ноябрь 2026", "22 ноября 2026, 14:05 (UTC+2)"),
    ],
)
def test_dates_are_written_in_the_language(language, weekday_day, month, moment):
    words, day = texts(language), date(2026, 11, 22)
    assert words.weekday_day(day) == weekday_day
    assert words.month(day) == month
    assert words.moment(datetime(2026, 11, 22, 14, 5, tzinfo=ZoneInfo("Europe/Vilnius"))) == moment


def test_month_and_weekday_names_are_those_of_cldr():
    from babel import Locale

    for language in ("en", "be", "ru"):
        dates, locale = written(language)["dates"], Locale(language)
        assert [locale.months["format"]["wide"][n] for n in range(1, 13)] == dates["months_of"]
        assert [locale.months["stand-alone"]["wide"][n] for n in range(1, 13)] == dates["months"]
        assert [locale.days["stand-alone"]["wide"][n] for n in range(7)] == dates["weekdays"]


def test_an_offset_says_how_far_utc_is():
    summer = in_zone(datetime(2026, 7, 1, 12, tzinfo=UTC), ZoneInfo("Europe/Vilnius"))
    assert (offset(summer), stamp(summer)) == ("UTC+3", "2026-07-01T15:00:00+03:00")
    assert offset(datetime(2026, 7, 1, tzinfo=UTC)) == "UTC"
    assert offset(in_zone(datetime(2026, 7, 1, tzinfo=UTC), ZoneInfo("America/St_Johns"))) == "UTC\u22122:30"
    assert offset(in_zone(datetime(2026, 7, 1, tzinfo=UTC), ZoneInfo("Asia/Kolkata"))) == "UTC+5:30"
