"""CSV: a row is a story or is refused, never shifted; members are counted and nothing of them is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from dateline.errors import UnreadableFile
from dateline.formats.body import plain_text
from dateline.formats.filed import FiledCard
from dateline.formats.readers.found import Asked, Reading
from dateline.formats.readers.table import looks_like_table, read_table


def read(text: str) -> Reading:
    return read_table(text.encode(), Asked("posts.csv", timezone(timedelta(hours=3))))


def one(text: str) -> FiledCard:
    return read(text).cards[0]


def test_a_row_is_a_story() -> None:
    header = "Title,html,Published_At,tags,slug,author,language"
    card = one(f'{header}\nМост,"<p>Адкрылі, <b>так</b></p>",2025-05-12T10:00:00Z,"A, B",m,Hanna,be\n')
    assert (card.headline, plain_text(card.body), card.sections) == ("Мост", "Адкрылі, так", ("A", "B"))
    assert card.published == datetime(2025, 5, 12, 10, tzinfo=UTC)
    assert (card.slug, card.byline, card.language, card.locked, card.made) == ("m", "Hanna", "be", None, ("id",))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_parted_by_what_its_header_is_parted_by(delimiter: str) -> None:
    assert one(f"title{delimiter}text\nМост{delimiter}Адкрылі\n").headline == "Мост"


def test_a_time_without_offset_is_the_newsrooms_and_noted() -> None:
    card = one("title,date\nМост,2025-05-12 10:00:00\n")
    assert card.published == datetime(2025, 5, 12, 7, tzinfo=UTC)
    assert card.time_notes == ("published",)


def test_a_ragged_row_is_refused_and_never_shifted() -> None:
    reading = read("title,text\none\ntwo,words\nthree,words,more\n")
    assert [card.headline for card in reading.cards] == ["two"]
    assert [refusal.subject for refusal in reading.refused] == ["posts.csv, line 2", "posts.csv, line 4"]
    assert "1 cells, the header 2" in reading.refused[0].happened


@pytest.mark.parametrize("cell", ["=SUM(A1)", "+44 123", "-5", "@handle", "=cmd|' /C calc'!A0"])
def test_a_cell_like_a_formula_is_text(cell: str) -> None:
    assert one(f'title,text\n"{cell}",words\n').headline == cell


def test_a_list_of_members_is_counted_and_nothing_of_it_is_kept() -> None:
    reading = read("email,name,note\na@example.org,Reader,x\nb@example.org\n")
    assert (reading.cards, reading.counts) == ((), {"members": 2})
    assert len(reading.refused) == 1
    assert "example.org" not in repr(reading)


@pytest.mark.parametrize(
    ("header", "cell", "locked"),
    [
        ("locked", "true", True),
        ("locked", "no", False),
        ("locked", "maybe", True),
        ("visibility", "public", False),
        ("visibility", "paid", True),
        ("visibility", "friends", True),
        ("locked", "", None),
    ],
)
def test_a_lock_is_kept_and_an_unknown_word_locks(header: str, cell: str, locked: bool | None) -> None:
    assert one(f"title,{header}\nМост,{cell}\n").locked is locked


@pytest.mark.parametrize(
    ("word", "status"), [("", "usable"), ("published", "usable"), ("draft", "draft"), ("private", "withheld")]
)
def test_a_rows_status_is_kept(word: str, status: str) -> None:
    assert one(f"title,status\nМост,{word}\n").status == status


def test_a_long_cell_is_read() -> None:
    assert len(plain_text(one(f'title,text\nМост,"{"word " * 100_000}"\n').body)) > 400_000


@pytest.mark.parametrize("text", ['title,text\n"open,words\nmore\n', "a,b\n1,2\n", "", "\n\n"])
def test_a_table_that_cannot_be_told_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile):
        read(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("title,html\n", True), ("email;name\n", True), ("Title\n", False), ("a,b\n", False), ("He said, title\n", True)],
)
def test_a_table_is_known_by_its_header(text: str, is_one: bool) -> None:
    assert looks_like_table(text) is is_one
