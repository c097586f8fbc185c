"""The opening dateline leaves the copy whole and exact, or not at all."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.formats.body import Paragraph, Picture, Run, plain_text, text_of
from dateline.formats.datelines import find_dateline, take_dateline
from dateline.formats.story_card import Dateline

NEAR = datetime(2025, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "opening", "place", "agency"),
    [
        ("December 9, Vyraj. The bridge opened", "December 9, Vyraj.", "", "Vyraj"),
        ("Dec. 9, Vyraj. The bridge opened", "Dec. 9, Vyraj.", "", "Vyraj"),
        ("9 декабря, Вырай. Мост открыли", "9 декабря, Вырай.", "", "Вырай"),
        ("9 снежня, Вырай. Мост адкрылі", "9 снежня, Вырай.", "", "Вырай"),
        ("9 сьнежня, Вырай. Мост адкрылі", "9 сьнежня, Вырай.", "", "Вырай"),
        ("9 śniežnia, Vyraj. Most adkryli", "9 śniežnia, Vyraj.", "", "Vyraj"),
        ("9 sniežnia, Vyraj. Most adkryli", "9 sniežnia, Vyraj.", "", "Vyraj"),
        ("MINSK, Dec 9 (Agency) - The bridge", "MINSK, Dec 9 (Agency) -", "MINSK", "Agency"),
        ("MINSK, Dec. 9 (Agency) — The bridge", "MINSK, Dec. 9 (Agency) —", "MINSK", "Agency"),
        ("MINSK, December 9, Dateline. The bridge", "MINSK, December 9, Dateline.", "MINSK", "Dateline"),
        ("St. Louis, December 9, Dateline. The bridge", "St. Louis, December 9, Dateline.", "St. Louis", "Dateline"),
        ("KYIV, December 9. The bridge", "KYIV, December 9.", "KYIV", ""),
        ("Вільня, 9 снежня, Вырай. Мост", "Вільня, 9 снежня, Вырай.", "Вільня", "Вырай"),
        ("9 декабря 2024 г., Вырай. Мост", "9 декабря 2024 г., Вырай.", "", "Вырай"),
        ("December 9, “Vyraj Plus”. The bridge", "December 9, “Vyraj Plus”.", "", "“Vyraj Plus”"),
    ],
)
def test_an_opening_is_taken_exactly(text: str, opening: str, place: str, agency: str) -> None:
    assert find_dateline(text, near=NEAR) == Dateline(opening, place, date(2024, 12, 9), agency)


@pytest.mark.parametrize("text", ["MINSK (AP) — The bridge", "MINSK, Belarus (AP) — The bridge"])
def test_an_opening_without_a_day_has_none(text: str) -> None:
    found = find_dateline(text, near=NEAR)
    assert found is not None
    assert (found.place.split(",")[0], found.date, found.agency) == ("MINSK", None, "AP")


@pytest.mark.parametrize(
    "text",
    [
        "December 9. The day was cold",
        "December 9, 2024 was a cold day.",
        "December 9, Minsk residents gathered.",
        "In December 9 people died.",
        "On Monday, December 9, Vyraj. Reported",
        "December 32, Vyraj. The bridge",
        "December 9, Vyraj.com is blocked",
        "The President, May 12. He spoke",
        "NATO (Otan) — a bloc",
        "9 декабря в Минске открыли мост.",
        "В Минске, 9 декабря, Вырай. Мост",
        "",
    ],
)
def test_a_sentence_is_no_dateline(text: str) -> None:
    assert find_dateline(text, near=NEAR) is None


def test_no_year_is_guessed() -> None:
    assert find_dateline("December 9, Vyraj. X") == Dateline("December 9, Vyraj.", "", None, "Vyraj")
    far = find_dateline("June 9, Vyraj. X", near=NEAR)
    assert far is not None
    assert far.date is None


def test_the_dateline_leaves_the_first_paragraph_with_its_marks() -> None:
    body = (
        Picture("/a.jpg"),
        Paragraph((Run("December 9, ", ("bold",)), Run("Vyraj. The "), Run("bridge", ("italic",)))),
    )
    opened = take_dateline(body)
    assert opened.dateline is not None
    assert opened.dateline.text == "December 9, Vyraj."
    assert opened.body == (Picture("/a.jpg"), Paragraph((Run("The "), Run("bridge", ("italic",)))))


def test_a_paragraph_of_the_dateline_alone_goes() -> None:
    assert take_dateline((Paragraph((Run("December 9, Vyraj."),)),)).body == ()


@given(st.text(), st.sampled_from(["December 9, Vyraj.", "MINSK, May 1 (AP) -", ""]))
def test_nothing_but_the_opening_leaves_the_copy(rest: str, opening: str) -> None:
    text = f"{opening} {rest}"
    opened = take_dateline((Paragraph((Run(text),)),))
    taken = opened.dateline.text if opened.dateline else ""
    assert "".join((taken + plain_text(opened.body)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text", ["A" * 500, "A-" * 250, "A " * 250, "“A" * 250, "MINSK, " * 70, "Abc Abc, " * 60, "(" * 500]
)
def test_no_text_makes_the_search_slow(text: str) -> None:
    started = time.monotonic()
    find_dateline(text)
    assert time.monotonic() - started < 5


def test_text_of_runs_is_kept() -> None:
    paragraph = Paragraph((Run("No dateline here."),))
    assert take_dateline((paragraph,)).body == (paragraph,)
    assert text_of(paragraph.runs) == "No dateline here."
