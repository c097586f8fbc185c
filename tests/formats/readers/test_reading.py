"""One door for all files: told by content, and whatever the bytes, cards or a refusal in three parts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.readers import test_feed, test_ghost, test_page, test_wxr
from tests.formats.told import assert_three_parts

from dateline.errors import DatelineError, UnreadableFile
from dateline.formats.filed import from_json, to_json
from dateline.formats.readers.reading import FORMATS, LARGEST_FILE, detect, read

SAMPLES: dict[str, bytes] = {
    "page": test_page.PAGE.encode(),
    "ndjson": b'{"id": "1", "headline": "A", "body": [{"kind": "p", "text": "x"}]}\n{"id": "2"}\n',
    "wxr": test_wxr.wxr(test_wxr.item(1, "<wp:post_password>p</wp:post_password>"), test_wxr.item(2)),
    "ghost": json.dumps({"db": [{"data": {"posts": [test_ghost.post()], "tags": []}}]}).encode(),
    "rss": test_feed.rss(test_feed.item()).encode(),
    "atom": b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><id>1</id></entry></feed>',
    "csv": b"title,html,published_at\nOne,<p>x</p>,2025-01-01T00:00:00Z\n",
}


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_known_by_its_content_whatever_its_name(form: str) -> None:
    assert detect(SAMPLES[form], "misleading.pdf") == form
    assert read(SAMPLES[form], file="x").cards


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"PK\x03\x04rest", "zip"),
        (b"\x1f\x8brest", "gzip"),
        (b"%PDF-1.7", "binary"),
        (b"\xff\xd8\xff\xe0", "binary"),
        (b"-- MySQL dump 10.13\n-- Database: newscoop\nINSERT INTO `Articles` VALUES (1);", "newscoop"),
        (b"-- MySQL dump 10.13\nCREATE TABLE a (b int);", "sql"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "html"),
        (b"<html><body>x</body></html>", "html"),
        (b"<nitf><body/></nitf>", "nitf"),
        (b'<newsMessage xmlns="x"/>', "newsml"),
        (b'{"uri": "urn:1", "versioncreated": "2025-01-01T00:00:00Z"}', "ninjs"),
        (b'[{"live_url": "x", "translations": [{"headline": "A"}]}]', "tinynews"),
        (b"[1, 2]", "json"),
        (b'{"name": "package"}', "json"),
        (b"<a/>", "xml"),
        (b"Dear reader,\n\nhello.\n", "unknown"),
        (b"", "unknown"),
        (b"<!-- only a comment", "xml"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(content: bytes, name: str) -> None:
    assert detect(content, "x") == name
    with pytest.raises(UnreadableFile) as refusal:
        read(content, file="x")
    assert refusal.value.one_line().startswith("x: ")
    assert refusal.value.kept == "Nothing was taken from this file."
    assert refusal.value.next_step


def test_a_first_line_that_is_broken_does_not_hide_the_other_cards() -> None:
    reading = read(b'{"id": broken\n{"id": "2"}\n', file="cards.ndjson")
    assert (len(reading.cards), len(reading.refused)) == (1, 1)


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(UnreadableFile, match="64 MiB"):
        read(b" " * (LARGEST_FILE + 1), file="x")


@given(st.binary(max_size=400), st.sampled_from(["auto", *FORMATS]))
@settings(max_examples=300)
def test_any_bytes_give_cards_or_a_refusal(content: bytes, form: str) -> None:
    told(content, form)


@given(st.sampled_from(FORMATS), st.data())
@settings(max_examples=400, deadline=None)
def test_a_changed_sample_gives_cards_or_a_refusal(form: str, data: Any) -> None:
    content = bytearray(SAMPLES[form])
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=12))
        if not content:
            break
    told(bytes(content), form)
    told(bytes(content), "auto")


def told(content: bytes, form: str) -> None:
    try:
        reading = read(content, file="x", format=form)
    except DatelineError as refusal:
        assert_three_parts(refusal)
        return
    for card in reading.cards:
        assert from_json(json.loads(json.dumps(to_json(card)))) == card
    for refused in reading.refused:
        assert refused.subject.startswith("x")
