"""Feeds: the same stories in three formats, in full where they are free, and gone where they were withdrawn."""

import gzip
import json
import subprocess
from datetime import timedelta
from shutil import which

import feedparser
import pytest
from lxml import etree

from dateline.formats.body import Paragraph, Run, Wall
from dateline.press.surfaces import Surface
from dateline.site.surfaces import feeds
from dateline.story import register
from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.actions.kill import kill
from dateline.story.changes import change_of
from dateline.story.identity import uid_of
from tests import newsroom as agency
from tests.shared import shared
from tests.site import cards

ATOM = "{http://www.w3.org/2005/Atom}"
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
BUDGET = 80_000
"""Bytes of a feed of full stories, compressed (reader-features §5)."""


def publish(*filed):
    return file_cards(list(filed), by="test", now=agency.NOW, wishes=Wishes(publish=True))


@pytest.fixture
def filled(newsroom):
    publish(agency.bridge(), agency.bridge_be(), agency.bridge_latn(), agency.ledger(), agency.derby())
    publish(agency.corrected_bridge())
    publish(agency.bridge(id="hostile", headline=cards.HOSTILE, summary=cards.HOSTILE, byline=cards.HOSTILE))
    publish(agency.derby(id="gone"))
    kill("gone", why="x", by="test", now=agency.NOW)
    return newsroom


def rendered(surface: Surface = feeds.SURFACE):
    return {path: content for path, content in surface.render(list(surface.every())) if content}


def one(path):
    ((_, content),) = list(feeds.SURFACE.render([path]))
    return content


def test_every_language_and_section_has_three_feeds(filled):
    paths = set(feeds.every())
    for folder in ("en/", "be/", "be-Latn/", "ru/", "en/sport/", "be-Latn/economy/"):
        assert {folder + name for name in ("feed.xml", "atom.xml", "feed.json")} <= paths


def test_feedparser_finds_no_fault_in_any_feed(filled):
    for path, content in rendered().items():
        if path.endswith(".xml"):
            found = feedparser.parse(content)
            assert found.bozo == 0, (path, found.get("bozo_exception"))
            language = path.split("/")[0]
            assert found.feed.language == language
            assert all(entry.author for entry in found.entries)
            assert all(entry.id.startswith("urn:uuid:") for entry in found.entries)


def test_all_formats_carry_the_same_items_in_the_same_order(filled):
    rss = feedparser.parse(one("en/feed.xml")).entries
    atom = feedparser.parse(one("en/atom.xml")).entries
    items = json.loads(one("en/feed.json"))["items"]
    assert [e.id for e in rss] == [e.id for e in atom] == [i["id"] for i in items]
    assert [e.title for e in rss] == [e.title for e in atom]
    assert [e.updated for e in rss] == [e.updated for e in atom] == [i["date_modified"] for i in items]
    assert [e.content[0].value for e in rss] == [e.content[0].value for e in atom]


def test_hostile_words_come_back_as_they_were(filled):
    ours = f"urn:uuid:{uid_of('hostile')}"
    (item,) = [item for item in json.loads(one("en/feed.json"))["items"] if item["id"] == ours]
    assert item["title"] == cards.HOSTILE
    (entry,) = [e for e in etree.fromstring(one("en/atom.xml")).iter(f"{ATOM}entry") if e.findtext(f"{ATOM}id") == ours]
    assert entry.findtext(f"{ATOM}title") == item["title"]
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == item["authors"][0]["name"]


def test_a_free_story_stands_in_full(filled):
    html = feedparser.parse(one("be/feed.xml")).entries[0].content[0].value
    assert html == "<p>18 лістапада, Раніца. Першы з 1974 года мост цераз Лусну прыняў машыны ў аўторак.</p>"


def test_letters_are_letters_and_dates_are_english(filled):
    rss = one("ru/feed.xml").decode()
    assert "Ревизоры нашли" in rss
    assert "&#" not in rss
    assert "<pubDate>Thu, 19 Nov 2026 09:00:00 +0200</pubDate>" in rss


def test_a_locked_story_is_a_teaser_that_says_so(filled):
    (entry,) = feedparser.parse(one("ru/atom.xml")).entries
    assert entry.content[0].value == (
        "<p>19 ноября, Раница. Книгу нашли в сейфе порта.</p>\n<p><em>Продолжение материала — для подписчиков.</em></p>"
    )
    item = json.loads(one("ru/feed.json"))["items"][0]
    assert item["_dateline"]["access"] == "locked"
    assert not [path for path, content in rendered().items() if agency.SENTINEL.encode() in content]


def test_a_correction_keeps_the_id_moves_updated_and_says_what_was_wrong(filled):
    items = json.loads(one("en/economy/feed.json"))["items"]
    (item,) = [item for item in items if item["id"] == f"urn:uuid:{uid_of('ranica-bridge-en')}"]
    assert item["date_published"] < item["date_modified"]
    assert item["_dateline"]["take"] == 2
    assert item["_dateline"]["corrections"][0]["note"] == "The bridge is 212 metres long, not 221."
    assert "212 metres long, not 221" in item["content_html"]


def test_a_kill_leaves_every_feed_and_a_tombstone_in_atom(filled):
    gone = f"urn:uuid:{uid_of('gone')}"
    for path, content in rendered().items():
        assert path.endswith("atom.xml") or gone.encode() not in content
    feed = etree.fromstring(one("en/sport/atom.xml"))
    assert [(t.get("ref"), t.get("when")) for t in feed.iter(DELETED)] == [(gone, "2026-11-20T14:00:00+02:00")]
    assert feed.findtext(f"{ATOM}updated") == "2026-11-20T14:00:00+02:00"
    assert not list(etree.fromstring(one("ru/atom.xml")).iter(DELETED))


def test_a_link_to_a_killed_story_is_gone_from_feeds_of_other_languages(filled):
    link = Paragraph((Run("Пра гэта мы "), Run("пісалі", ("link",), f"story:{uid_of('ranica-derby-en')}")))
    publish(agency.bridge_be(id="linking", body=(link,), sections=("Спорт",), translation_of=""))
    before = one("be/sport/feed.xml")
    assert b"krynicnaje-beat-buda" in before
    kill("ranica-derby-en", why="x", by="test", now=agency.NOW)
    change = change_of(register.follow(register.last_seq() - 1, 1)[0])
    assert {"be/feed.json", "be/sport/feed.xml"} <= set(feeds.touched(change))
    assert b"krynicnaje-beat-buda" not in one("be/sport/feed.xml")
    assert "пісалі".encode() in one("be/sport/feed.xml")


def test_addresses_in_a_feed_are_whole(filled):
    for entry in feedparser.parse(one("en/atom.xml")).entries:
        assert entry.link.startswith("https://ranica.example/en/2026/11/")
    assert [link.href for link in feedparser.parse(one("en/feed.xml")).feed.links if link.rel == "self"] == [
        "https://ranica.example/en/feed.xml"
    ]


def test_a_feed_without_stories_is_valid_and_has_no_hour(newsroom):
    atom = etree.fromstring(one("be/atom.xml"))
    assert atom.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"
    assert json.loads(one("be/feed.json"))["items"] == []
    assert feedparser.parse(one("be/feed.xml")).bozo == 0


def test_json_feeds_hold_what_version_1_1_demands(filled):
    for path, content in rendered().items():
        if path.endswith(".json"):
            feed = json.loads(content)
            assert feed["version"] == "https://jsonfeed.org/version/1.1"
            assert feed["feed_url"] == f"https://ranica.example/{path}"
            assert all(item["id"] and "content_html" in item for item in feed["items"])


def test_atom_is_valid_by_the_grammar_of_the_rfc(filled, tmp_path):
    grammar = shared("standards/feeds/schema/atom.rnc")
    if not which("jing"):
        pytest.skip("jing is not installed: Atom was not checked by RFC 4287's grammar")
    files = []
    for path, content in rendered().items():
        if path.endswith("atom.xml"):
            feed = etree.fromstring(content)
            for tombstone in list(feed.iter(DELETED)):  # the grammar is older than RFC 6721
                feed.remove(tombstone)
            files.append(tmp_path / path.replace("/", "-"))
            files[-1].write_bytes(etree.tostring(feed))
    told = subprocess.run(["jing", "-c", grammar, *files], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_thirty_full_stories_stay_in_the_budget(newsroom):
    """Two thousand words that do not repeat, thirty times: more than any newsroom files."""
    stories = []
    for number in range(31):
        text = " ".join(f"w{(number * 7919 + n * 104729) % 99991:x}" for n in range(300))
        body = (Paragraph((Run(text),)), Wall())
        at = agency.NOW - timedelta(hours=number)
        stories.append(agency.derby(id=f"s{number}", headline=f"Story {number}", body=body, published=at))
    publish(*stories)
    feed = one("en/feed.xml")
    assert feed.count(b"<item>") == 30
    assert len(gzip.compress(feed, 9)) <= BUDGET


def test_kept_items_change_no_byte(filled):
    once = rendered()
    assert rendered() == once
