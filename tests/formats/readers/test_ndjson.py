"""Story cards, one a line: a bad line is named and stops no other."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from dateline.errors import CardError, DatelineError, UnreadableFile
from dateline.formats.filed import FiledCard, Source, to_json
from dateline.formats.readers.found import Asked
from dateline.formats.readers.ndjson import LONGEST_LINE, read_ndjson, read_ndjson_lines


def line(**said: object) -> bytes:
    return json.dumps({"id": "1", "headline": "Мост", **said}).encode()


def test_cards_come_in_order_and_know_their_file() -> None:
    reading = read_ndjson(line(id="1") + b"\r\n\n" + line(id="2"), Asked("a.ndjson"))
    assert [card.id for card in reading.cards] == ["1", "2"]
    assert reading.cards[0].source == Source("ndjson", "a.ndjson", "utf-8")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "no JSON"),
        (b"[]", "not an object"),
        (b"{}", "id"),
        (b"\xff\xfe", "utf-8"),
        (b'{"id": "1", "id": "2"}', "stands twice"),
        (b'{"id": "1", "locked": true, "locked": false}', "'locked' stands twice"),
        (b'{"id": "1", "urgency": NaN}', "NaN"),
        (b'{"id": "1", "urgency": ' + b"9" * 5000 + b"}", "JSON"),
        (b'{"id": "1", "x": ' + b"[" * 300 + b"]" * 300 + b"}", "deep"),
        (b'{"id": "1", "x": ' + b"[" * 100_000, "deep"),
        (line(headline="x" * 3_000), "headline"),
        (b'"' + b"x" * LONGEST_LINE + b'"', "bytes"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_taken(bad: bytes, reason: str) -> None:
    first, error, last = read_ndjson_lines([line(id="a"), bad, line(id="b")], file="a.ndjson")
    assert isinstance(first, FiledCard)
    assert isinstance(last, FiledCard)
    assert isinstance(error, DatelineError)
    assert error.subject == "a.ndjson, line 2"
    assert reason in error.happened
    assert error.kept
    assert error.next_step


def test_a_stream_is_read_one_line_at_a_time() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield line()

    cards = read_ndjson_lines(endless(), file="-")
    assert [isinstance(next(cards), FiledCard) for _ in range(3)] == [True, True, True]


def test_a_file_without_a_card_is_refused_with_the_first_reason() -> None:
    with pytest.raises(UnreadableFile, match="id is missing"):
        read_ndjson(b"{}\n{}", Asked("a.ndjson"))
    with pytest.raises(UnreadableFile, match="empty"):
        read_ndjson(b"\n", Asked("a.ndjson"))


def test_what_was_written_is_read_again() -> None:
    card = FiledCard("1", headline="Мост", locked=True, sections=("Politics",))
    (again,) = read_ndjson_lines([json.dumps(to_json(card)).encode()], file="x")
    assert isinstance(again, FiledCard)
    assert again.digest() == card.digest()


def test_a_byte_order_mark_is_no_part_of_the_first_card() -> None:
    assert not isinstance(next(read_ndjson_lines([b"\xef\xbb\xbf" + line()], file="x")), CardError)
