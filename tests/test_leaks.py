"""Locked, embargoed, killed and draft text has no way out. Each guard taken away makes a test here fail."""

import base64
import gzip
import io
import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from dateline.formats.body import Picture, Wall
from dateline.press.working import press_now, public
from dateline.story import reads
from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.actions.kill import kill
from dateline.story.actions.lift import release_due
from dateline.story.pictures import take_in
from tests import leaks
from tests import newsroom as agency

pytestmark = pytest.mark.usefixtures("newsroom")

LOCKED = "amber kestrels quietly outnumber seventeen velvet lanterns"
EMBARGOED = "paper gondolas overtake the patient marble orchard tonight"
KILLED = "nine copper violins forgive an untidy southern glacier"
DRAFT = "hollow meadow clocks applaud their crooked winter tailor"
ALT = "silver badgers measure the drowsy cathedral of salt"
ALL = (LOCKED, EMBARGOED, KILLED, DRAFT, ALT)


def picture(colour: str) -> Picture:
    made = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(made, "PNG")
    return Picture(f"picture:{take_in(made.getvalue()).ref}", alt=ALT, caption=ALT, credit=ALT)


def publish(*cards, now=agency.NOW):
    file_cards(list(cards), by="test", now=now, wishes=Wishes(publish=True))


def everything(marker: str, **changed):
    """A card whose every part a reader could see holds the marker."""
    from dateline.formats.filed import RelatedStory
    from dateline.formats.story_card import Dateline, Subject

    said = {
        "headline": marker, "subheadline": marker, "slugline": marker, "summary": marker, "byline": marker, "note": marker,
        "dateline": Dateline(f"{marker}."), "subjects": (Subject(marker, "person"),), "slug": marker.replace(" ", "-"),
        "body": (picture("red"), *agency.body(marker)), "related": (RelatedStory(headline=marker),), "lock_notice": marker,
        "address": f"old/{marker.replace(' ', '-')}.html",
    }  # fmt: skip
    return agency.bridge(**(said | changed))


def secrets():
    """One story of each kind that must not be out, or not wholly."""
    below = (*agency.body("Free words."), Wall(), *agency.body(LOCKED), picture("green"))
    return [
        agency.bridge(id="locked", locked=True, body=below),
        agency.bridge(id="unknown", locked=None, body=agency.body(LOCKED)),
        everything(
            EMBARGOED,
            id="embargoed",
            status="embargoed",
            embargoed_until=agency.NOW + timedelta(days=1),
            published=None,
        ),
        everything(DRAFT, id="draft", status="draft"),
        everything(DRAFT, id="withheld", status="withheld"),
        everything(KILLED, id="killed"),
    ]


@pytest.fixture
def out(newsroom):
    publish(*secrets(), agency.derby())
    press_now()
    assert leaks.places(KILLED, public()), "a marker that is out must be found, or this test finds nothing"
    kill("killed", why=f"because {KILLED}", by="chief", now=agency.NOW)
    press_now()
    return public()


@pytest.mark.parametrize("marker", ALL)
def test_no_byte_and_no_name_of_the_public_folder_holds_what_must_not_be_out(out, marker):
    assert leaks.places(marker, out) == []


def test_pressing_everything_leaks_no_more_than_pressing_what_changed(out, tmp_path):
    from dateline.press.everything import press_everything

    press_everything(tmp_path / "again", record=False)
    assert [leaks.places(marker, tmp_path / "again") for marker in ALL] == [[]] * len(ALL)


def test_a_correction_and_a_translation_of_a_locked_story_leak_nothing(out):
    publish(
        agency.bridge(id="locked", version=2, signal="correction", note="Mended.", locked=True, body=secrets()[0].body)
    )
    publish(agency.bridge_be(id="locked-be", translation_of="locked", locked=True, body=secrets()[0].body))
    press_now()
    assert [leaks.places(marker, out) for marker in (LOCKED, ALT)] == [[], []]


def test_pictures_of_the_free_part_are_out_and_those_below_the_wall_are_not(newsroom):
    above, below = picture("navy"), picture("olive")
    publish(agency.bridge(locked=True, body=(above, *agency.body("Free."), Wall(), below)))
    press_now()
    names = {path.name for path in (public() / "media").iterdir()}
    assert any(above.src.removeprefix("picture:") in name for name in names)
    assert not any(below.src.removeprefix("picture:") in name for name in names)


def test_a_killed_storys_pictures_leave_unless_another_story_shows_them(newsroom):
    shared, own = picture("navy"), picture("olive")
    publish(agency.bridge(body=(shared, own)), agency.derby(body=(shared,)))
    press_now()
    kill("ranica-bridge-en", why="x", by="chief", now=agency.NOW)
    press_now()
    stems = {path.name.split("-")[0] for path in (public() / "media").iterdir()}
    assert stems == {shared.src.removeprefix("picture:")}


def test_an_embargoed_story_is_everywhere_after_its_hour(out):
    release_due(agency.NOW + timedelta(days=1))
    press_now()
    address = next(h.address for h in reads.newest("en", None, 9) if EMBARGOED in h.headline)
    places = leaks.places(EMBARGOED, out)
    assert f"{address}index.html" in places
    assert "en/index.html" in places
    assert "en/feed.xml" in places


def test_the_finder_sees_through_encodings(tmp_path):
    """Mutation of the test itself: each hiding place is found."""
    word = base64.b64encode(LOCKED.encode())
    (tmp_path / "a.html.gz").write_bytes(
        gzip.compress(f"<p>{LOCKED.replace('kestrels', '<b>kestrels</b>')}</p>".encode())
    )
    (tmp_path / "b.json").write_bytes(json.dumps({"x": LOCKED}).encode().replace(b"q", b"\\u0071"))
    (tmp_path / "c.txt").write_bytes(b"data:," + word)
    (tmp_path / "d.html").write_bytes("".join(f"&#{ord(c)};" for c in LOCKED).encode())
    (tmp_path / (LOCKED.replace(" ", "-") + ".jpg")).write_bytes(b"")
    assert len(leaks.places(LOCKED, tmp_path)) == 5


def test_a_locked_take_taken_for_free_is_found(newsroom, monkeypatch):
    """Mutation of the guard: without the split at the wall the marker is out, and the finder says so."""
    monkeypatch.setattr("dateline.story.writing.split_at_wall", lambda body, *, locked: (body, ()))
    publish(replace(secrets()[0]))
    press_now()
    assert leaks.places(LOCKED, public())


def addresses() -> list[str]:
    """Every address of the application that takes no argument, the desk's included, and those of hidden stories."""
    from django.urls import get_resolver

    def below(resolver, before: str):
        for entry in resolver.url_patterns:
            route = before + str(entry.pattern).lstrip("^").rstrip("$")
            if hasattr(entry, "url_patterns"):
                yield from below(entry, route)
            elif "<" not in route and "(" not in route and "\\" not in route:
                yield f"/{route}"

    hidden = [f"/en/2026/11/18/{marker.replace(' ', '-')}/" for marker in ALL]
    ids = ["embargoed", "draft", "killed", "locked"]
    return [*below(get_resolver(), ""), *hidden, *(f"/desk/stories/{name}/" for name in ids)]


def test_no_answer_to_a_stranger_and_no_log_holds_what_must_not_be_out(out, client):
    written = io.StringIO()
    console = logging.StreamHandler(written)  # where the newsroom's own console stands
    logging.getLogger().addHandler(console)
    asked = addresses()
    assert len(asked) > 30
    for address in asked:
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = content + repr(sorted(answer.headers.items())).encode()
        assert not [marker for marker in ALL if leaks.is_in(marker, told.replace(address.encode(), b""))], address
    logging.getLogger("dateline.test").warning("a line that the newsroom's log does hold")
    logging.getLogger().removeHandler(console)
    logged = written.getvalue()
    assert "does hold" in logged
    assert [marker for marker in ALL if leaks.is_in(marker, logged.encode())] == []
