"""Acts on one story, through every way each can end."""

from datetime import timedelta

import pytest
from tests import newsroom as agency

from dateline.errors import ActRefused, UnknownStory
from dateline.story import reads
from dateline.story.actions.correct import correct
from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.actions.kill import kill, takedown
from dateline.story.actions.lift import lift, release_due
from dateline.story.actions.publish import publish
from dateline.story.actions.update import update
from dateline.story.locked import Purpose, open_locked
from dateline.story.models import Act, State, Story, Take

pytestmark = pytest.mark.usefixtures("newsroom")
ID = "ranica-bridge-en"
WHO = {"by": "chief", "now": agency.NOW}


@pytest.fixture
def kept_in(newsroom):
    file_cards([agency.bridge()], **WHO, wishes=Wishes())


@pytest.fixture
def out(newsroom):
    file_cards([agency.bridge()], **WHO, wishes=Wishes(publish=True))


def test_kept_in_copy_is_published_by_its_id(kept_in):
    act = publish(ID, **WHO)
    assert (act.seq, act.kind, act.by) == (1, "publish", "chief")
    assert reads.card(Story.objects.get().address).headline == agency.bridge().headline


def test_publishing_twice_is_refused_and_says_what_was_kept(out):
    with pytest.raises(ActRefused) as refusal:
        publish(ID, **WHO)
    assert refusal.value.kept == "Nothing was changed."
    assert "Update or correct" in refusal.value.next_step
    assert Act.objects.count() == 1


def test_unknown_ids_are_refused_alike():
    for act in (
        lambda: publish("no such", **WHO),
        lambda: kill("no such", why="x", **WHO),
        lambda: lift("no such", **WHO),
    ):
        with pytest.raises(UnknownStory):
            act()


def test_an_update_keeps_address_and_first_hour(out):
    before = Story.objects.get()
    update(ID, card=agency.bridge(headline="Quite another headline"), **WHO)
    after = Story.objects.get()
    assert (after.address, after.published) == (before.address, before.published)
    assert after.updated == agency.NOW
    assert [t.headline for t in Take.objects.order_by("number")][-1] == "Quite another headline"


def test_a_correction_needs_a_note(out):
    with pytest.raises(ActRefused):
        correct(ID, note="  ", **WHO)


def test_a_correction_without_copy_adds_the_note_alone(out):
    correct(ID, note="It opened on Tuesday.", **WHO)
    card = reads.card(Story.objects.get().address)
    assert card.body == agency.bridge().body
    assert [(c.at, c.note) for c in card.corrections] == [(agency.NOW, "It opened on Tuesday.")]


def test_a_correction_of_a_locked_story_keeps_its_text_below_the_wall(newsroom):
    file_cards([agency.ledger()], **WHO, wishes=Wishes(publish=True))
    correct("ranica-ledger-ru", note="В книге 214 страниц.", **WHO)
    take = Take.objects.order_by("-number").first()
    assert agency.SENTINEL not in str(take.body)
    assert agency.SENTINEL in str(open_locked(take, Purpose.DESK))


def test_a_kill_needs_a_reason_and_is_final(out):
    with pytest.raises(ActRefused):
        kill(ID, why="", **WHO)
    kill(ID, why="the source withdrew", **WHO)
    assert Story.objects.get().state == State.KILLED
    for again in (lambda: kill(ID, why="x", **WHO), lambda: publish(ID, card=agency.bridge(), **WHO),
                  lambda: update(ID, card=agency.bridge(), **WHO), lambda: takedown(ID, why="x", **WHO)):  # fmt: skip
        with pytest.raises(ActRefused):
            again()


def test_what_never_went_out_cannot_be_killed(kept_in):
    with pytest.raises(ActRefused):
        kill(ID, why="x", **WHO)


def test_a_takedown_can_be_undone_at_the_same_address(out):
    address = Story.objects.get().address
    takedown(ID, why="court order", **WHO)
    assert reads.card(address) is None
    assert reads.was_withdrawn(address)
    publish(ID, card=agency.bridge(), **WHO)
    assert reads.card(address).take == 2
    assert reads.wrong_tallies() == 0


def test_a_kill_takes_waiting_copy_with_it(out):
    file_cards([agency.bridge(version=2, status="withheld")], **WHO, wishes=Wishes(publish=True))
    kill(ID, why="x", **WHO)
    with pytest.raises(ActRefused):
        lift(ID, **WHO)


@pytest.mark.parametrize("purpose", [Purpose.SEALING, Purpose.DELIVERY])
def test_locked_text_is_not_opened_for_a_purpose_without_a_room(newsroom, purpose):
    file_cards([agency.ledger()], **WHO, wishes=Wishes(publish=True))
    with pytest.raises(PermissionError):
        open_locked(Take.objects.get(), purpose)


def test_an_update_under_embargo_waits_for_its_hour(out):
    hour = agency.NOW + timedelta(hours=5)
    waits = agency.bridge(headline=f"Update: {agency.SENTINEL}", embargoed_until=hour)
    assert update(ID, card=waits, **WHO) is None
    with pytest.raises(ActRefused):
        correct(ID, note="x", card=waits, **WHO)
    assert reads.card(Story.objects.get().address).headline == agency.bridge().headline
    assert release_due(hour) == 1
    assert [act.kind for act in Act.objects.all()] == ["publish", "update"]
