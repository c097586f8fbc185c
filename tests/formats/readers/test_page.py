"""A saved page: its story, its promoted headline and its listing, told apart by what stands on the page."""

from __future__ import annotations

import pytest
from tests.shared import shared

from dateline.errors import UnreadableFile
from dateline.formats.body import plain_text, split_at_wall
from dateline.formats.filed import FiledCard
from dateline.formats.readers.found import Asked
from dateline.formats.readers.page import looks_like_page, read_entries, read_page

PAGE = """\
Bridge opens after a year of repairs

May 12, Vyraj. The bridge over the river opened on Monday, the builders said.
“We are glad,” their chief, Stefanija Łuckaja, told the weekly.

Ferry may stop in the autumn
- PoliticsParliament votes on the budgetOnly for readers of VYRAJ+
- Society, Sport
- Society, SportRowers win at homeOnly for readers of VYRAJ+
- Politics
- Politics
- EconomyPrices rise for a third month
"""


def read(text: str = PAGE, sections: tuple[str, ...] = ()) -> tuple[FiledCard, ...]:
    return read_page(text.encode(), Asked("page.txt", known_sections=sections)).cards


def test_the_story_has_its_dateline_apart_from_its_text() -> None:
    story = read()[0]
    assert (story.kind, story.headline) == ("story", "Bridge opens after a year of repairs")
    assert story.dateline is not None
    assert (story.dateline.text, story.dateline.agency, story.dateline.date) == ("May 12, Vyraj.", "Vyraj", None)
    assert plain_text(story.body).startswith("The bridge over the river")
    assert len(story.body) == 2
    assert [one.headline for one in story.related] == ["Ferry may stop in the autumn"]
    assert story.locked is False


def test_every_entry_has_its_sections_its_headline_or_none_and_its_lock() -> None:
    notice = "Only for readers of VYRAJ+"
    assert [(card.sections, card.headline, card.locked, card.lock_notice) for card in read()[1:]] == [
        (("Politics",), "Parliament votes on the budget", True, notice),
        (("Society", "Sport"), "", False, ""),
        (("Society", "Sport"), "Rowers win at home", True, notice),
        (("Politics",), "", False, ""),
        (("Politics",), "", False, ""),
        (("Economy",), "Prices rise for a third month", False, ""),
    ]
    assert {card.kind for card in read()[1:]} == {"headline"}


def test_entries_that_say_the_same_are_two_and_keep_their_identity_the_next_day() -> None:
    cards = read()
    assert len({card.id for card in cards}) == len(cards)
    assert all(card.made == ("id",) for card in cards)
    again = read(PAGE.replace("- Politics\n- Politics\n", "- Politics\n"))
    assert {card.id for card in cards if card.headline} == {card.id for card in again if card.headline}


def test_a_notice_is_what_locked_entries_share_whatever_its_words() -> None:
    lines = ["PoliticsOne in MinskRead in the appVyraj Plus", "PoliticsTwo in MinskRead in the appVyraj Plus"]
    assert [(entry.headline, entry.notice) for entry in read_entries(lines)] == [
        ("One in Minsk", "Read in the appVyraj Plus"),
        ("Two in Minsk", "Read in the appVyraj Plus"),
    ]


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("ПалітыкаМост адкрыліМатэрыял даступны толькі для ВЫРАЙ+", "Мост адкрылі"),
        ("ПолитикаМост открылиМатериал доступен только для ВЫРАЙ+", "Мост открыли"),
        ("PoliticsThe bridge opensThe material is available only to VYRAJ+", "The bridge opens"),
    ],
)
def test_one_locked_entry_alone_is_known_by_the_phrase(line: str, headline: str) -> None:
    (entry,) = read_entries([line])
    assert (len(entry.sections), entry.headline, bool(entry.notice)) == (1, headline, True)


def test_sections_are_the_newsrooms_or_those_the_page_shows() -> None:
    (entry,) = read_entries(["Foreign policyMinister travels"], ["Foreign policy"])
    assert entry.sections == ("Foreign policy",)
    assert read_entries(["CultureMuseum opens"])[0].sections == ("Culture",)
    assert read_entries(["Sport", "Sportsmen win"])[1].sections == ()
    assert read_entries(["BelPol reports"])[0].headline == "BelPol reports"
    assert read_entries(["EconomyGDP grows 3%"])[0].sections == ("Economy",)
    assert read_entries(["Economy“Green” growth"])[0].headline == "“Green” growth"


def test_a_promoted_headline_is_known_without_an_empty_line_before_it() -> None:
    assert [one.headline for one in read(PAGE.replace("\n\nFerry", "\nFerry"))[0].related] == [
        "Ferry may stop in the autumn"
    ]


def test_a_page_without_a_listing_is_a_story_and_nothing_is_promoted() -> None:
    (story,) = read(PAGE.split("\n\nFerry")[0])
    assert len(story.body) == 2
    assert story.related == ()


def test_direct_speech_that_opens_with_a_dash_is_copy() -> None:
    text = "Мост адкрылі\n\n12 траўня, Вырай. Мост адкрылі.\n— Мы рады, — сказаў кіраўнік.\n- не спіс.\nКанец."
    assert "Мы рады" in plain_text(read(text)[0].body)
    assert "не спіс" in plain_text(read(text)[0].body)


def test_a_story_that_ends_in_the_notice_is_locked_and_what_stands_is_its_free_part() -> None:
    text = PAGE.split("\n\nFerry")[0] + "\nThe material is available only to VYRAJ+"
    (story,) = read(text)
    free, paid = split_at_wall(story.body, locked=bool(story.locked))
    assert story.locked is True
    assert story.lock_notice == "The material is available only to VYRAJ+"
    assert (len(free), paid) == (2, ())


def test_a_text_with_nothing_under_its_headline_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        read("Only a headline")


def test_a_listing_without_end_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="entries"):
        read("Headline\n" + "- Politics\n" * 3_000)


@pytest.mark.parametrize("text", ["# Notes\n\n- one\n- two\n", "Just a letter.\n\nHello there.", "- a\n- b\n"])
def test_other_text_is_not_taken_for_a_page(text: str) -> None:
    assert not looks_like_page(text)


def test_the_seed_page_gives_what_stands_on_it() -> None:
    lines = shared("seeds/pozirk-page.txt").read_text(encoding="utf-8").splitlines()
    entries = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
    story, *listed = read("\n".join(lines))
    assert story.headline == lines[0]
    assert story.dateline is not None
    assert f"{story.dateline.text} {plain_text(story.body)}".split("\n") == lines[2:18]
    assert [one.headline for one in story.related] == [lines[19]]
    told = [", ".join(card.sections) + card.headline + card.lock_notice for card in listed]
    assert told == entries
    assert [card.locked for card in listed] == [entry.endswith("POZIRK+") for entry in entries]
    assert sum(not card.headline for card in listed) == 6
