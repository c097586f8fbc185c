"""Feeds: the guid is the identity, the encoding is what is found, and a beginning is not a whole story."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline.errors import UnreadableFile
from dateline.formats.body import Picture, links_in, plain_text
from dateline.formats.filed import FiledCard
from dateline.formats.readers.feed import read_feed
from dateline.formats.readers.found import Asked, Reading

LONG = "Долгий текст про новый мост. " * 80


def rss(*items: str, declared: str = "") -> str:
    head = f'<?xml version="1.0"{declared}?>' if declared else ""
    channel = "<title>Vyraj</title><link>https://vyraj.example/</link><language>be</language>"
    return f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{channel}{"".join(items)}</channel></rss>'


def item(more: str = "", title: str = "Мост", text: str = LONG) -> str:
    return (
        f"<item><title>{title}</title><link>https://vyraj.example/1?a=1&amp;b=2</link>"
        f"<pubDate>Mon, 12 May 2025 10:00:00 +0300</pubDate><description>{text}</description>{more}</item>"
    )


def read(text: str | bytes) -> Reading:
    return read_feed(text.encode() if isinstance(text, str) else text, Asked("feed.xml"))


def one(text: str) -> FiledCard:
    return read(text).cards[0]


def test_an_item_is_a_story_with_its_fields() -> None:
    card = one(
        rss(item("<guid>urn:1</guid><category>Politics</category><author>a@example.org (Hanna Mikulič)</author>"))
    )
    assert (card.id, card.kind, card.status, card.locked, card.language) == ("urn:1", "story", "usable", None, "be")
    assert (card.headline, card.byline, card.sections) == ("Мост", "Hanna Mikulič", ("Politics",))
    assert card.address == "https://vyraj.example/1?a=1&b=2"
    assert card.published == datetime(2025, 5, 12, 7, tzinfo=UTC)
    assert card.repairs == ()


def test_without_a_guid_the_link_is_the_identity_and_without_both_one_is_made() -> None:
    assert one(rss(item())).id == "https://vyraj.example/1?a=1&b=2"
    card = one(rss("<item><title>Мост</title></item>"))
    assert card.made == ("id",)
    assert card.kind == "headline"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Short.", "only a description in the feed; it may not be the whole text"),
        (LONG + "…", "the text is cut short in the feed"),
        (LONG + "[...]", "the text is cut short in the feed"),
        (LONG + "Читать далее", "the text is cut short in the feed"),
        ("", "no text in the feed, only a headline"),
    ],
)
def test_a_beginning_is_said_to_be_one(text: str, told: str) -> None:
    assert one(rss(item(text=text))).repairs == (told,)


def test_the_whole_text_is_the_body_and_the_description_its_summary() -> None:
    card = one(
        rss(item("<content:encoded><![CDATA[<p>Whole <b>text</b>.</p>]]></content:encoded>", text="Short words."))
    )
    assert (plain_text(card.body), card.summary, card.repairs) == ("Whole text.", "Short words.", ())


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8", "utf-16"])
def test_the_declared_encoding_is_used(encoding: str) -> None:
    reading = read(rss(item(), declared=f' encoding="{encoding}"').encode(encoding))
    assert reading.cards[0].headline == "Мост"
    assert reading.encoding == encoding
    assert reading.cards[0].source is not None
    assert reading.cards[0].source.encoding == encoding


@pytest.mark.parametrize(
    ("declared", "written", "told"),
    [
        (' encoding="windows-1251"', "utf-8", "charset windows-1251 declared, utf-8 found"),
        ("", "windows-1251", "no charset declared, windows-1251 found"),
        (' encoding="utf-8"', "windows-1251", "charset utf-8 declared, windows-1251 found"),
        ("", "koi8-r", "no charset declared, koi8-r found"),
        (' encoding="klingon"', "utf-8", "charset klingon declared, utf-8 found"),
        (' encoding="zlib"', "utf-8", "charset zlib declared, utf-8 found"),
    ],
)
def test_a_wrong_declaration_is_mended_and_said(declared: str, written: str, told: str) -> None:
    reading = read(rss(item(title="Мост открыли после ремонта"), declared=declared).encode(written))
    assert reading.cards[0].headline == "Мост открыли после ремонта"
    assert told in reading.cards[0].repairs
    assert told in reading.repairs


def test_atom_is_read_with_its_own_types() -> None:
    entry = (
        '<entry><id>tag:1</id><title type="text">a &lt;b&gt; c</title><link href="/1"/><updated>2025-05-12T07:00:00Z</updated>'
        '<content type="xhtml" xml:lang="ru"><div xmlns="http://www.w3.org/1999/xhtml">'
        '<p>Words <a href="/x">x</a></p></div></content></entry>'
    )
    feed = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="be"><link href="https://vyraj.example/"/>{entry}</feed>'
    )
    reading = read(feed)
    card = reading.cards[0]
    assert reading.format == "atom"
    assert (card.id, card.headline, card.language, card.published) == ("tag:1", "a <b> c", "ru", None)
    assert card.version_created == datetime(2025, 5, 12, 7, tzinfo=UTC)
    assert links_in(card.body) == ["https://vyraj.example/x"]


def test_rdf_is_read() -> None:
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>V</title></channel><item><title>Мост</title><link>https://vyraj.example/1</link></item></rdf:RDF>"
    )
    assert one(feed).headline == "Мост"


def test_an_enclosed_picture_stands_over_the_text() -> None:
    enclosed = '<enclosure url="https://vyraj.example/a.jpg" type="image/jpeg" length="1"/>'
    assert one(rss(item(enclosed))).body[0] == Picture("https://vyraj.example/a.jpg")
    assert not isinstance(one(rss(item(enclosed.replace("image/jpeg", "audio/mpeg")))).body[0], Picture)


def test_loose_letters_and_html_entities_lose_no_word() -> None:
    card = one(rss(item(title="A & B&nbsp;caf&eacute; &unknown;")))
    assert card.headline == "A & B café &unknown;"
    assert len(card.repairs) == 3


def test_a_document_type_is_passed_over_and_not_fetched() -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd">'
        + rss(item())
    )
    assert len(read(text).cards) == 1


def test_bytes_that_name_a_file_open_none(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss(item()), encoding="utf-8")
    with pytest.raises(UnreadableFile):
        read(str(path).encode())
    with pytest.raises(UnreadableFile):
        read(b"http://127.0.0.1:1/feed.xml")


def test_a_feed_without_entries_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no entry"):
        read(rss())


def test_one_entry_that_cannot_be_taken_stops_no_other() -> None:
    reading = read(rss(item(title="x" * 3_000), item()))
    assert len(reading.cards) == 1
    assert reading.refused[0].subject == "feed.xml, entry 1"
