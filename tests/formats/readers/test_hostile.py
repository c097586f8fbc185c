"""Files made to hurt: each is cleaned and said so, or refused in three parts, in bounded time; nothing else happens."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.formats.readers.test_feed import item as feed_item
from tests.formats.readers.test_feed import rss
from tests.formats.readers.test_ghost import lexical, paragraph, post
from tests.formats.readers.test_wxr import item, wxr

from dateline.config.commands.files import open_inputs
from dateline.errors import DatelineError
from dateline.formats.filed import FiledCard, from_json, to_json
from dateline.formats.readers.reading import read

ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
MARK = "root:x:0:0"


def ghost(**said: object) -> bytes:
    return json.dumps({"db": [{"data": {"posts": [post(**said)]}}]}).encode()


def line(**said: object) -> bytes:
    return json.dumps({"id": "1", "headline": "A", **said}).encode()


REFUSED: dict[str, Callable[[], bytes]] = {
    "billion laughs": lambda: f'<!DOCTYPE r [<!ENTITY l0 "lol">{ENTITIES}]>{rss(feed_item("&l9;"))}'.encode(),
    "quadratic entity": lambda: f'<!DOCTYPE r [<!ENTITY a "{"x" * 50_000}">]><rss>{"&a;" * 1_000}</rss>'.encode(),
    "external entity": lambda: (
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'
    ),
    "parameter entity": lambda: b'<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]><rss/>',
    "entity behind a comment": lambda: b'<?xml version="1.0"?><!-- a --><!DOCTYPE r [<!ENTITY x "y">]><rss/>',
    "entity in UTF-16": lambda: '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x "y">]><rss>&x;</rss>'.encode("utf-16"),
    "unclosed doctype": lambda: b"<!DOCTYPE rss",
    "deep XML": lambda: b"<rss>" + b"<a>" * 100_000,
    "deep XML, closed": lambda: b"<rss>" + b"<a>" * 250 + b"</a>" * 250 + b"</rss>",
    "deep WXR": lambda: wxr(item(1, "<a>" * 300 + "</a>" * 300)),
    "too many tags": lambda: b"<rss>" + b"<a/>" * 3_100_000 + b"</rss>",
    "too many loose letters": lambda: rss(feed_item(title="&" * 200_000)).encode() + b"<a>&</a>",
    "100 MB title in a feed": lambda: rss(feed_item(title="x" * 100_000_000)).encode(),
    "100 MB headline in JSON": lambda: line(headline="x" * 100_000_000),
    "11 MB text node": lambda: rss(feed_item(text="x" * 11_000_000)).encode(),
    "11 MB attribute": lambda: b'<rss a="' + b"x" * 11_000_000 + b'"/>',
    "100 kB element name": lambda: b"<" + b"x" * 100_000 + b"/>",
    "NUL in XML": lambda: rss(feed_item(title="a\0b")).encode(),
    "NUL in JSON lines": lambda: b'{"id": "1",\0 "headline": "A"}',
    "NUL in a page": lambda: b"Headline\n\nMay 1, Vyraj. Text\0\n",
    "gzip": lambda: gzip.compress(b"x" * 1_000_000),
    "deep JSON": lambda: b"[" * 1_000_000,
    "deep JSON objects": lambda: b'{"db":' * 100_000,
    "deep Ghost": lambda: b'{"db": [{"data": {"posts": [' + b'{"a":' * 400 + b"1" + b"}" * 400 + b"]}}]}",
    "millions of values": lambda: b'{"db": [' + b"[]," * 3_100_000 + b"[]]}",
    "a key twice": lambda: b'{"id": "1", "locked": true, "locked": false}',
    "a key twice in Ghost": lambda: (
        b'{"db": [{"data": {"posts": [{"id": "1", "visibility": "paid", "visibility": "public"}]}}]}'
    ),
    "endless number": lambda: b'{"id": "1", "version": ' + b"9" * 100_000 + b"}",
    "number over 64 bits": lambda: line(version=10**40),
    "NaN": lambda: b'{"id": "1", "urgency": NaN}',
    "infinite": lambda: b'{"id": "1", "version": 1e999}',
    "a list for a headline": lambda: line(headline=["A"]),
    "an object for an id": lambda: line(id={"a": 1}),
    "text for a body": lambda: line(body="<script>"),
    "an unknown block": lambda: line(body=[{"kind": "script", "text": "alert(1)"}]),
    "a script link in a card": lambda: line(
        body=[{"kind": "p", "runs": [{"text": "a", "marks": ["link"], "href": "javascript:x"}]}]
    ),
    "an embed of data": lambda: line(body=[{"kind": "embed", "url": "data:text/html,x"}]),
    "a picture that steps out": lambda: line(body=[{"kind": "picture", "src": "../../../etc/passwd"}]),
    "a slug that steps out": lambda: line(slug="../../etc/passwd"),
    "a slug of dots": lambda: line(slug=".."),
    "the year 1": lambda: line(published="0001-01-01T00:00:00Z"),
    "the year 9999": lambda: line(published="9999-12-31T23:59:59Z"),
    "an offset of days": lambda: line(published="2025-01-01T00:00:00+99:99"),
    "posts cut short": lambda: wxr(item(1), item(2))[:-40],
    "a post inside a post": lambda: wxr(item(1).replace("</item>", item(2) + "</item>")[:-10]),
    "quotes without end": lambda: b'title,html\n"a,b\n' + b'x,"\n' * 1_000,
    "ten thousand entries": lambda: b"Headline\n" + b"- Politics\n" * 10_000,
    "a picture named as a feed": lambda: b"\xff\xd8\xff\xe0" + b"<rss/>",
    "an XML bomb of comments": lambda: b"<rss>" + b"<!--" * 1_000_000,
    "only a byte order mark": lambda: b"\xef\xbb\xbf",
}

CLEANED: dict[str, Callable[[], bytes]] = {
    "script ends in a headline": lambda: ghost(title="</script><script>alert(1)</script>"),
    "script ends in a feed": lambda: rss(
        feed_item(title="&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;A")
    ).encode(),
    "bidi override in a headline": lambda: line(headline="abc\u202egnp.exe\u2066"),
    "controls in a headline": lambda: line(headline="a\u0007b\u001b[31mc\u009f"),
    "lone surrogates": lambda: b'{"id": "1", "headline": "a\\ud800b"}',
    "control in XML": lambda: rss(feed_item(title="a\x08b")).encode(),
    "references to no character": lambda: rss(feed_item(title="a&#0;&#xD800;&#99999999;b")).encode(),
    "bidi in a slug": lambda: wxr(item(1).replace("post-1<", "a\u202eb<")),
    "path in a WXR slug": lambda: wxr(item(1).replace("<wp:post_name>post-1", "<wp:post_name>../../etc/passwd")),
    "path in a Ghost slug": lambda: ghost(slug="..\\..\\windows"),
    "path in an address": lambda: wxr(
        item(1).replace("https://vyraj.example/post-1/", "https://vyraj.example/%2e%2e/%2e%2e/etc")
    ),
    "script in an address": lambda: wxr(item(1).replace("https://vyraj.example/post-1/", "javascript:alert(1)")),
    "a file as featured picture": lambda: ghost(feature_image="file:///etc/passwd"),
    "a picture that steps out in HTML": lambda: wxr(item(1, content="<p>x</p><img src='../../../../etc/passwd'>")),
    "event handlers": lambda: wxr(item(1, content="<p onmouseover='x()'>y</p><svg onload='x()'>z</svg>")),
    "year 1 in WXR": lambda: wxr(item(1).replace("2025-05-12", "0001-01-01")),
    "year 9999 in a feed": lambda: rss(feed_item().replace("12 May 2025", "31 Dec 9999")).encode(),
    "no time at all": lambda: rss(feed_item().replace("Mon, 12 May 2025 10:00:00 +0300", "x" * 10_000)).encode(),
    "external DTD": lambda: b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">' + rss(feed_item()).encode(),
    "XInclude": lambda: rss(
        feed_item('<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')
    ).encode(),
    "a wall set by text": lambda: wxr(item(1, content='<hr class="dateline-wall"><p>x</p>')),
    "lexical of wrong types": lambda: ghost(
        lexical=json.dumps({"root": {"children": [1, None, {"type": 5}, {"text": []}]}})
    ),
    "deep lexical": lambda: ghost(lexical=lexical(*[{"children": []}]) + "[" * 5_000),
    "a long tail of brackets": lambda: wxr(item(1, content="[" * 200_000)),
    "a long tail of quotes": lambda: ghost(lexical=lexical(paragraph('"' * 100_000))),
    "unknown lock": lambda: line(locked="no"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_three_parts(name: str) -> None:
    content = REFUSED[name]()
    started = time.monotonic()
    with pytest.raises(DatelineError) as refusal:
        read(content, file="hostile")
    assert time.monotonic() - started < 30
    told = refusal.value.as_dict()
    assert told["happened"]
    assert told["kept"]
    assert told["next"]
    assert MARK not in str(told)
    assert len(refusal.value.one_line()) < 500


@pytest.mark.parametrize("name", CLEANED)
def test_a_hostile_story_is_cleaned_or_refused_and_the_file_read(name: str) -> None:
    started = time.monotonic()
    reading = read(CLEANED[name](), file="hostile")
    assert time.monotonic() - started < 30
    assert len(reading.cards) + len(reading.refused) == 1
    for card in reading.cards:
        assert_harmless(card)


def assert_harmless(card: FiledCard) -> None:
    said = json.dumps(to_json(card), ensure_ascii=False)
    assert from_json(json.loads(said)) == card
    assert not set(said) & set("\0\x07\x08\x1b\x9f\u202e\u2066")
    assert MARK not in said
    for sign in ("javascript:", "file:", "onload", "onmouseover", "dateline-wall"):
        assert sign not in json.dumps({key: value for key, value in to_json(card).items() if key != "repairs"})
    assert "/" not in card.slug
    assert ".." not in card.address
    assert card.published is None or 1500 <= card.published.year <= 2200


@pytest.mark.parametrize(
    "name",
    [
        "path in a WXR slug",
        "path in a Ghost slug",
        "path in an address",
        "script in an address",
        "year 1 in WXR",
        "year 9999 in a feed",
        "control in XML",
    ],
)
def test_what_was_cleaned_is_said(name: str) -> None:
    (card,) = read(CLEANED[name](), file="hostile").cards
    assert card.repairs


def test_a_headline_keeps_its_letters_and_stays_text() -> None:
    (card,) = read(CLEANED["script ends in a headline"](), file="x").cards
    assert card.headline == "</script><script>alert(1)</script>"


# --- files ----------------------------------------------------------------------------------------------------


def outcome(path: Path) -> tuple[list[FiledCard], list[DatelineError]]:
    refused: list[DatelineError] = []
    cards = [card for file in open_inputs([path], refused=refused.append) for card in file.cards(lambda counts: None)]
    return cards, refused


@pytest.mark.parametrize("name", ["bomb.xml.gz", "bomb.ndjson.gz", "bomb"])
def test_a_gzip_bomb_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with gzip.open(path, "wb", compresslevel=9) as bomb:
        for _ in range(120):
            bomb.write(b" " * 1_000_000)
    cards, (refusal,) = outcome(path)
    assert cards == []
    assert refusal.subject == str(path)
    assert refusal.next_step


def test_a_gzip_of_bad_lines_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.ndjson.gz"
    with gzip.open(path, "wb", compresslevel=9) as bomb:
        for _ in range(200):
            bomb.write((b"x" * 99_999 + b"\n") * 10)
    assert "expands" in outcome(path)[1][-1].happened


@pytest.mark.parametrize(
    "content", [b"\x1f\x8b\x08rubbish", gzip.compress(b'{"id": "1"}\n' * 1_000)[:-20]], ids=["rubbish", "cut off"]
)  # named: gzip writes the hour, and pytest-xdist wants the same names in every worker
def test_broken_gzip_is_refused_and_what_came_before_is_taken(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cards.ndjson.gz"
    path.write_bytes(content)
    assert "gzip" in outcome(path)[1][-1].happened


def test_a_file_over_64_mib_is_refused_and_lines_are_not(tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    with large.open("wb") as file:
        file.truncate(70_000_000)
    assert "64 MiB" in outcome(large)[1][0].happened


def test_a_line_without_end_is_one_refusal(tmp_path: Path) -> None:
    path = tmp_path / "cards.ndjson"
    path.write_bytes(b'{"id": "1"}\n' + b"x" * 20_000_000 + b'\n{"id": "2"}\n')
    cards, refused = outcome(path)
    assert [card.id for card in cards] == ["1", "2"]
    assert len(refused) == 1
