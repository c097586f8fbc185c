"""The real samples beside the project: the counts that their README gives, or the reason of the refusal."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.shared import shared

from dateline.errors import UnreadableFile
from dateline.formats.body import plain_text, split_at_wall, to_json
from dateline.formats.readers.reading import Reading, read

# file, cards by "kind status", what is counted, stories refused
GIVES = [
    ("ghost/ghost-6.65.0-export.json", {"story usable": 7, "story draft": 1}, {"newsletters": 1}, 0),
    ("ghost/ghost-6.65.0-members.csv", {}, {"members": 3}, 0),
    ("ghost/ghost-members-formula-like-values.csv", {}, {"members": 2}, 0),
    ("ghost/ghost-members-ragged-row.csv", {}, {"members": 2}, 1),
    ("ghost/ghost-valid-posts-import.csv", {"story usable": 2}, {}, 0),
    ("ghost/ghostmigrate-ghost-2.0-export.json", {"story usable": 3}, {}, 0),
    ("other/ghostmigrate-squarespace-sample.xml", {"story usable": 4, "story draft": 1, "picture usable": 1}, {}, 0),
    ("other/ghostmigrate-substack-signup-emails.csv", {}, {"members": 21}, 0),
    ("rss/miniflux-encoding_ISO-8859-1.xml", {"story usable": 40}, {}, 0),
    ("rss/miniflux-encoding_WINDOWS-1251.xml", {"story usable": 50}, {}, 0),
    ("rss/miniflux-large_atom.xml", {"story usable": 25}, {}, 0),
    ("rss/miniflux-large_rss.xml", {"story usable": 25}, {}, 0),
    ("rss/miniflux-no_encoding_ISO-8859-1.xml", {"story usable": 9, "headline usable": 1}, {}, 0),
    ("rss/miniflux-rdf_UTF8.xml", {"story usable": 60}, {}, 0),
    ("rss/miniflux-small_atom.xml", {"story usable": 20}, {}, 0),
    ("rss/miniflux-urdu_UTF8.xml", {"story usable": 26}, {}, 0),
    ("wxr/ghostmigrate-co-authors-plus.xml", {"story usable": 4}, {}, 0),
    ("wxr/ghostmigrate-feature-image-captions.xml", {"story usable": 3, "picture usable": 2}, {}, 0),
    ("wxr/ghostmigrate-has-yoast-meta.xml", {"story usable": 2}, {}, 0),
    ("wxr/ghostmigrate-multiple-attachments-only.xml", {"picture usable": 1}, {}, 0),
    ("wxr/ghostmigrate-multiple-pages-only.xml", {"story usable": 1}, {}, 0),
    ("wxr/ghostmigrate-multiple-posts-only.xml", {"story usable": 3, "story draft": 1}, {}, 0),
    ("wxr/ghostmigrate-sample-no-slug.xml", {"story usable": 4, "story draft": 1, "picture usable": 1}, {}, 0),
    ("wxr/ghostmigrate-sample.xml", {"story usable": 4, "story draft": 1, "picture usable": 1}, {}, 0),
    ("wxr/wpimporter-authors-multiline.xml", {"story usable": 1}, {}, 0),
    ("wxr/wpimporter-crazy-cdata.xml", {"story usable": 1}, {}, 0),
    ("wxr/wpimporter-namespace-edge-cases.xml", {"story usable": 6}, {}, 0),
    ("wxr/wpimporter-slashes.xml", {"story usable": 1}, {"comments": 1}, 0),
    ("wxr/wpimporter-small-export.xml", {"story usable": 9, "story draft": 1, "story withheld": 1}, {"comments": 1}, 0),
    ("wxr/wpimporter-test-serialized-postmeta-with-cdata.xml", {"story draft": 1}, {}, 0),
    ("wxr/wpimporter-valid-wxr-1.0.xml", {"story usable": 6}, {"comments": 1}, 0),
    ("wxr/wpimporter-valid-wxr-1.1.xml", {"story usable": 2}, {"comments": 1}, 0),
    ("wxr/wpimporter-wxr-comprehensive.xml", {"story usable": 2}, {"comments": 1}, 0),
    ("wxr/wpimporter-wxr-utf-8-challenges.xml", {"story usable": 1}, {}, 0),
    (
        "wxr/wptt-themeunittestdata.wordpress.xml",
        {"story usable": 76, "story embargoed": 1, "story draft": 1, "story withheld": 1, "picture usable": 37},
        {"menu items": 70, "comments": 33},
        0,
    ),
]

REFUSED = [
    ("newscoop/campsite_core.sql", "Newscoop dumps are not read yet"),
    ("newscoop/campsite_demo_data.sql", "Newscoop dumps are not read yet"),
    ("other/ghostmigrate-tinynews-articles.json", "Tiny News"),
    ("wxr/wpimporter-invalid-version-tag.xml", "no post (WXR version 'abc')"),
    ("wxr/wpimporter-malformed.xml", "malformed"),
    ("wxr/wpimporter-missing-version-tag.xml", "no post (no WXR version)"),
]


def reading_of(name: str) -> Reading:
    return read(shared(f"imports/{name}").read_bytes(), file=name)


@pytest.mark.parametrize(("name", "cards", "counts", "refused"), GIVES, ids=[row[0] for row in GIVES])
def test_a_sample_gives_what_it_holds(name: str, cards: dict[str, int], counts: dict[str, int], refused: int) -> None:
    reading = reading_of(name)
    assert Counter(f"{card.kind} {card.status}" for card in reading.cards) == cards
    assert reading.counts == counts
    assert len(reading.refused) == refused
    assert len({card.id for card in reading.cards}) == len(reading.cards)


@pytest.mark.parametrize(("name", "reason"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_sample_that_gives_nothing_says_why(name: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        reading_of(name)
    assert reason in refusal.value.happened
    assert refusal.value.one_line().startswith(f"{name}: ")
    assert refusal.value.next_step


def test_every_sample_is_in_one_of_the_tables() -> None:
    folder = shared("imports")
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"README.md"}
    assert found == {row[0] for row in GIVES} | {row[0] for row in REFUSED}


def test_locked_markers_stand_below_the_wall_and_drafts_in_drafts() -> None:
    cards = reading_of("ghost/ghost-6.65.0-export.json").cards
    usable = [card for card in cards if card.status == "usable"]
    free = str([to_json(split_at_wall(card.body, locked=card.locked is not False)[0]) for card in usable])
    paid = str([to_json(split_at_wall(card.body, locked=card.locked is not False)[1]) for card in usable])
    for marker in ("VISIBLE-LOCKED-1", "VISIBLE-LOCKED-2", "VISIBLE-LOCKED-3"):
        assert marker not in free
        assert marker in paid
        assert all(marker not in f"{card.headline} {card.summary} {card.subheadline}" for card in cards)
    assert "VISIBLE-PREVIEW" in free
    assert [card.status for card in cards if "VISIBLE-DRAFT" in plain_text(card.body)] == ["draft"]


def test_the_password_of_staff_is_in_no_card() -> None:
    assert "$2b$" not in repr(reading_of("ghost/ghost-6.65.0-export.json"))


def test_the_post_with_a_password_is_withheld() -> None:
    cards = reading_of("wxr/wptt-themeunittestdata.wordpress.xml").cards
    assert [card.locked for card in cards if card.status == "withheld"] == [True]


def test_encodings_of_feeds_are_found_and_said() -> None:
    found = {
        name: reading_of(f"rss/miniflux-{name}.xml")
        for name in ("encoding_WINDOWS-1251", "encoding_ISO-8859-1", "no_encoding_ISO-8859-1", "urdu_UTF8")
    }
    assert [reading.encoding for reading in found.values()] == ["windows-1251", "iso-8859-1", "windows-1252", "utf-8"]
    assert found["no_encoding_ISO-8859-1"].repairs == ("no charset declared, windows-1252 found",)
    assert "Цитата" in found["encoding_WINDOWS-1251"].cards[0].headline
    assert "wünschen" in plain_text(found["encoding_ISO-8859-1"].cards[0].body)
    assert "études" in plain_text(found["no_encoding_ISO-8859-1"].cards[0].body)


def test_what_was_mended_is_said() -> None:
    told = [repair for card in reading_of("wxr/ghostmigrate-sample.xml").cards for repair in card.repairs]
    assert told == ["a bare & read as a letter (10 times)"]
    assert reading_of("wxr/wpimporter-crazy-cdata.xml").cards[0].repairs
