"""Filing cards: what the contract says each status, version and signal does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import newsroom as agency

from dateline.formats.story_card import Subject
from dateline.story import reads, register
from dateline.story.actions.filing import Wishes, file_cards, preview
from dateline.story.actions.lift import lift, release_due
from dateline.story.deciding import Outcome
from dateline.story.models import Act, Filing, LockedBody, State, Story, Take

pytestmark = pytest.mark.usefixtures("newsroom")
OUT = Wishes(publish=True)


def file(*cards, wishes=OUT, now=agency.NOW):
    return file_cards(list(cards), by="test", now=now, wishes=wishes)


def outcomes(filed):
    return [one.outcome.value for one in filed]


def test_usable_copy_is_published_at_its_own_hour():
    assert outcomes(file(agency.bridge())) == ["made"]
    story = Story.objects.get()
    assert (story.state, story.published) == (State.OUT, agency.bridge().published)
    assert story.address == "en/2026/11/18/new-bridge-over-the-lusna-opens-in-krynicnaje/"
    assert [(act.seq, act.kind) for act in Act.objects.all()] == [(1, "publish")]


def test_filing_twice_changes_nothing():
    file(*agency.all_cards())
    acts, takes = Act.objects.count(), Take.objects.count()
    assert set(outcomes(file(*agency.all_cards()))) == {"same"}
    assert (Act.objects.count(), Take.objects.count()) == (acts, takes)


def test_without_publish_everything_is_kept_in():
    filed = file(*agency.all_cards(), wishes=Wishes())
    assert set(outcomes(filed)) == {"made"}
    assert not Act.objects.exists()
    assert not reads.newest("en", None, 10)
    assert Filing.objects.count() == len(filed)


def test_what_was_kept_in_goes_out_when_it_is_filed_again_to_publish():
    file(agency.bridge(), wishes=Wishes())
    assert outcomes(file(agency.bridge())) == ["changed"]
    assert Story.objects.get().state == State.OUT
    assert not Filing.objects.exists()


@pytest.mark.parametrize("status", ["draft", "withheld"])
def test_drafts_and_withheld_copy_stay_in(status):
    file(agency.bridge(status=status))
    assert Story.objects.get().state == State.IN
    assert not Act.objects.exists()


def test_a_higher_version_is_an_update_and_a_lower_one_is_nothing():
    file(agency.bridge())
    assert outcomes(file(agency.bridge(version=2, headline="Bridge carries 4,000 cars on its first day"))) == [
        "changed"
    ]
    assert outcomes(file(agency.bridge(version=1, headline="An old headline"))) == ["same"]
    assert [act.kind for act in Act.objects.all()] == ["publish", "update"]
    assert reads.newest("en", None, 1)[0].headline == "Bridge carries 4,000 cars on its first day"


def test_a_correction_carries_its_note_to_readers():
    file(agency.bridge())
    file(agency.corrected_bridge())
    card = reads.card(Story.objects.get().address)
    assert [act.kind for act in Act.objects.all()] == ["publish", "correct"]
    assert [c.note for c in card.corrections] == ["The bridge is 212 metres long, not 221."]
    assert card.published == agency.bridge().published


def test_a_cancelled_card_kills_a_known_story_and_is_skipped_for_an_unknown_one():
    file(agency.bridge())
    filed = file(agency.bridge(status="canceled", version=2, note="wrong bridge"), agency.derby(status="canceled"))
    assert [(one.outcome, one.reason) for one in filed] == [
        (Outcome.CHANGED, ""), (Outcome.SKIPPED, "a kill for a story that is not here")
    ]  # fmt: skip
    assert Story.objects.get().state == State.KILLED
    assert reads.newest("en", None, 10) == []
    assert outcomes(file(agency.bridge(status="canceled", version=2))) == ["same"]


def test_a_killed_story_does_not_come_back():
    file(agency.bridge())
    file(agency.bridge(status="canceled", version=2))
    filed = file(agency.bridge(version=3))
    assert (filed[0].outcome, filed[0].reason) == (Outcome.SKIPPED, "the story was killed, and a kill is final")


def test_an_embargoed_story_is_out_after_its_hour_and_not_before():
    file(agency.embargoed())
    due = agency.NOW + timedelta(days=2)
    assert release_due(due - timedelta(seconds=1)) == 0
    assert not Act.objects.exists()
    assert release_due(due) == 1
    assert release_due(due) == 0
    assert Story.objects.get().state == State.OUT


def test_an_embargo_lifted_early_is_an_act():
    file(agency.embargoed())
    act = lift("ranica-budget-en", by="chief", now=agency.NOW)
    assert (act.kind, act.by) == ("publish", "chief")
    assert Story.objects.get().published == agency.NOW


def test_a_publication_hour_to_come_is_kept_like_an_embargo():
    later = agency.NOW + timedelta(hours=3)
    file(agency.bridge(published=later))
    assert Story.objects.get().state == State.IN
    assert release_due(later) == 1
    assert Story.objects.get().published == later


def test_unknown_lock_state_is_locked():
    file(agency.bridge(locked=None))
    story = Story.objects.get()
    assert (story.lock, story.is_locked) == ("unknown", True)
    card = reads.card(story.address)
    assert card.locked
    assert card.body == ()


def test_the_wish_stands_in_for_an_unknown_lock_and_never_overrules_a_known_one():
    file(agency.bridge(locked=None), agency.ledger(), wishes=Wishes(publish=True, locked=False))
    assert dict(Story.objects.values_list("filed_id", "lock")) == {
        "ranica-bridge-en": "free", "ranica-ledger-ru": "locked"
    }  # fmt: skip


def test_locking_after_free_publication_is_refused():
    file(agency.bridge())
    filed = file(agency.bridge(version=2, locked=True))
    assert filed[0].outcome == Outcome.SKIPPED
    assert "hide nothing" in filed[0].reason
    assert Story.objects.get().lock == "free"


def test_locked_blocks_stand_apart_from_the_take():
    file(agency.ledger())
    take = Take.objects.get()
    assert agency.SENTINEL not in str(take.body)
    assert agency.SENTINEL in str(LockedBody.objects.get(take=take).body)
    assert agency.SENTINEL not in repr(reads.card(Story.objects.get().address))


def test_a_locked_story_without_a_wall_has_no_free_part():
    file(agency.bridge(locked=True))
    assert Take.objects.get().body == []


def test_two_stories_of_one_name_on_one_day_get_two_addresses():
    file(agency.bridge(), agency.bridge(id="another"), agency.bridge(id="a third"))
    ends = [
        address.rsplit("krynicnaje", 1)[1] for address in Story.objects.order_by("id").values_list("address", flat=True)
    ]
    assert ends == ["/", "-2/", "-3/"]


def test_translations_find_each_other_whichever_comes_first():
    file(agency.bridge_be())
    file(agency.bridge_latn())
    file(agency.bridge())
    cards = {tag: reads.card(reads.newest(tag, None, 1)[0].address) for tag in ("en", "be", "be-Latn")}
    assert {tag: [t.language for t in card.translations] for tag, card in cards.items()} == {
        "en": ["be", "be-Latn"], "be": ["be-Latn", "en"], "be-Latn": ["be", "en"]
    }  # fmt: skip


def test_a_language_that_is_not_published_here_is_skipped_with_its_name():
    filed = file(agency.bridge(language="ur"))
    assert (filed[0].outcome, filed[0].reason) == (Outcome.SKIPPED, "the language ur is not published here")


@pytest.mark.parametrize(
    ("tag", "spoken"), [("en-US", "en"), ("be_BY", "be"), ("BE-LATN", "be-Latn"), ("be-tarask", "be")]
)
def test_a_regional_tag_means_its_language(tag, spoken):
    file(agency.bridge(language=tag))
    assert Story.objects.get().language == spoken


def test_unknown_sections_are_made_and_known_ones_found_in_any_language():
    file(agency.bridge(sections=("Палітыка", "Sport", "River life")))
    assert Take.objects.get().sections == ["politics", "sport", "river-life"]
    assert [s.slug for s in reads.sections() if not s.listed] == ["river-life"]


def test_a_preview_writes_nothing_and_answers_the_same():
    told = preview(agency.all_cards(), now=agency.NOW, wishes=OUT)
    assert not Story.objects.exists()
    assert outcomes(told) == outcomes(file(*agency.all_cards()))


def test_the_register_has_no_gaps_and_its_chain_finds_a_changed_row():
    file(*agency.all_cards())
    file(agency.corrected_bridge())
    assert register.broken_at() is None
    assert list(Act.objects.values_list("seq", flat=True)) == list(range(1, Act.objects.count() + 1))
    Act.objects.filter(seq=3).update(by="somebody else")
    assert register.broken_at() == 3


def test_related_stories_are_joined_and_a_crowd_of_links_is_bounded(monkeypatch):
    monkeypatch.setattr("dateline.story.writing.MOST_LINKS_TO", 2)
    from dateline.formats.filed import RelatedStory

    file(agency.bridge())
    for number in range(3):
        file(agency.derby(id=f"derby-{number}", related=(RelatedStory(id="ranica-bridge-en"),)))
    related = [len(reads.card(h.address).related) for h in reads.newest("en", "sport", 10)]
    assert sorted(related) == [0, 1, 1]


def test_tallies_agree_with_the_record_through_every_act():
    file(*agency.all_cards())
    file(agency.corrected_bridge())
    file(agency.derby(status="canceled", version=2))
    assert reads.wrong_tallies() == 0


def test_a_story_found_by_uuid_is_the_same_story():
    file(agency.bridge())
    uid = str(Story.objects.get().uid)
    assert outcomes(file(replace(agency.bridge(), id=uid))) == ["same"]


def test_two_files_that_disagree_about_one_story_do_not_take_turns():
    """Without versions nothing says which copy is newer; each counts once, so that a second run changes nothing."""
    one, other = agency.bridge(version=None), agency.bridge(version=None, headline="The same bridge in another file")
    assert outcomes(file(one)) + outcomes(file(other)) == ["made", "changed"]
    assert outcomes(file(one)) + outcomes(file(other)) == ["same", "same"]
    assert reads.newest("en", None, 1)[0].headline == other.headline


def test_the_wish_does_not_open_a_story_that_is_locked_by_a_card_that_does_not_say():
    file(agency.ledger())
    file(agency.ledger(version=9, locked=None), wishes=Wishes(publish=True, locked=False))
    story = Story.objects.get()
    assert (story.takes_filed, story.lock) == (2, "locked")
    assert agency.SENTINEL not in repr(reads.card(story.address))


@pytest.mark.parametrize("kept", [{"status": "withheld"}, {"published": agency.NOW + timedelta(hours=1)}])
def test_a_cancelled_card_for_copy_that_never_went_out_drops_it_and_tells_nobody(kept):
    file(agency.bridge(**kept))
    assert outcomes(file(agency.bridge(status="canceled", version=2))) == ["changed"]
    assert Story.objects.get().state == State.KILLED
    assert not Filing.objects.exists()
    assert not Act.objects.exists()
    assert reads.withdrawn("en", None, 10) == []
    assert release_due(agency.NOW + timedelta(hours=2)) == 0
    assert outcomes(file(agency.bridge(version=3))) == ["skipped"]


def test_a_subject_without_a_name_breaks_nothing():
    file(agency.bridge(subjects=(Subject("", "topic", "https://codes.example/1"),)))
    assert [s.uri for s in reads.card(Story.objects.get().address).subjects] == ["https://codes.example/1"]


def test_a_section_whose_made_slug_is_taken_gets_another():
    names = (*(f"Names {number}" for number in range(10, 40)), "names")
    file(agency.bridge(sections=names))
    assert len(set(Take.objects.get().sections)) == len(names)


def test_a_crowd_of_translations_is_bounded(monkeypatch):
    monkeypatch.setattr("dateline.story.actions.filing.MOST_TRANSLATIONS", 3)
    file(agency.bridge())
    file(*(agency.bridge_be(id=f"be-{number}") for number in range(5)))
    groups = Story.objects.values_list("group", flat=True)
    assert sorted(list(groups).count(group) for group in set(groups)) == [1, 1, 1, 3]


def test_one_copy_that_cannot_go_out_holds_back_no_other():
    file(agency.embargoed(), agency.embargoed(id="another", headline="Another"))
    Filing.objects.filter(story__filed_id="another").update(card={"nonsense": True})
    assert release_due(agency.NOW + timedelta(days=2)) == 1
    assert Filing.objects.count() == 1
