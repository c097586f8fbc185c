"""What makes an act refuse, and what it leaves as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from dateline.desk.models import Draft
from dateline.story.actions.correct import correct
from dateline.story.actions.lift import release_due
from dateline.story.models import Act, Filing, State, Story, Take
from tests.desk.people import refusal

HOUR = timedelta(hours=1)


def test_an_act_on_a_story_that_moved_is_refused_and_the_text_kept(editor: Any) -> None:
    draft = editor.writes()
    editor.does("publish", draft.story_uid)
    correct(str(draft.story_uid), note="Said elsewhere.", by="command", now=timezone.now())
    editor.rewrites(draft, "Third ferry")
    answer = editor.does("update", draft.story_uid)
    assert refusal(answer).code == "desk.story_moved"
    assert Take.objects.count() == 2
    assert Draft.objects.get().headline == "Third ferry"
    editor.does("update", draft.story_uid, compared="yes")
    assert Take.objects.order_by("-number").first().headline == "Third ferry"


def test_the_newest_text_can_be_taken_into_the_draft(editor: Any) -> None:
    draft = editor.writes("Second ferry")
    editor.does("publish", draft.story_uid)
    correct(str(draft.story_uid), note="Said elsewhere.", by="command", now=timezone.now())
    editor.rewrites(draft, "Third ferry")
    editor.browser.post(f"/desk/stories/{draft.story_uid}/newest/")
    draft.refresh_from_db()
    assert (draft.headline, draft.take_seen) == ("Second ferry", 2)
    assert any("Third ferry" in revision.content["headline"] for revision in draft.revisions)


def test_a_button_pressed_twice_acts_once(editor: Any) -> None:
    draft = editor.writes()
    editor.does("publish", draft.story_uid)
    shown = editor.looks(draft.story_uid, "update")
    assert editor.confirms("update", draft.story_uid, shown).status_code == 302
    assert refusal(editor.confirms("update", draft.story_uid, shown)).code == "desk.story_moved"
    assert Act.objects.count() == 2


def test_copy_changed_after_the_decision_is_not_what_goes_out(editor: Any, chief: Any) -> None:
    draft = editor.writes()
    shown = editor.looks(draft.story_uid, "publish")
    chief.rewrites(draft, "Something else")
    assert refusal(editor.confirms("publish", draft.story_uid, shown)).code == "desk.story_moved"
    assert not Take.objects.exists()


def test_copy_locked_by_another_does_not_go_out(editor: Any, chief: Any) -> None:
    draft = editor.writes()
    chief.browser.post(f"/desk/drafts/lock/{draft.pk}/")
    assert refusal(editor.does("publish", draft.story_uid)).code == "desk.copy_held"
    assert not Take.objects.exists()
    assert chief.does("publish", draft.story_uid).status_code == 302


def test_a_kill_needs_its_word_and_its_reason(chief: Any, bridge: Any) -> None:
    assert refusal(chief.does("kill", bridge.uid, words="Wrong bridge.", typed="ferry")).code == "desk.not_confirmed"
    assert refusal(chief.does("kill", bridge.uid, words="", typed="bridge")).code == "story.act_refused"
    bridge.refresh_from_db()
    assert bridge.state == State.OUT
    chief.does("kill", bridge.uid, words="Wrong bridge.", typed="Bridge")
    bridge.refresh_from_db()
    assert bridge.state == State.KILLED


def test_a_correction_needs_its_note(editor: Any, bridge: Any) -> None:
    assert refusal(editor.does("correct", bridge.uid, words=" ")).code == "story.act_refused"
    assert Take.objects.count() == 1


def test_a_correction_without_a_draft_adds_the_note_alone(editor: Any, bridge: Any) -> None:
    editor.does("correct", bridge.uid, words="It was on Wednesday.")
    first, second = Take.objects.order_by("number")
    assert (second.body, second.corrections[0]["note"]) == (first.body, "It was on Wednesday.")


def test_a_free_story_is_not_locked_afterwards(editor: Any) -> None:
    draft = editor.writes()
    editor.does("publish", draft.story_uid)
    editor.rewrites(draft, lock="locked")
    assert refusal(editor.does("update", draft.story_uid)).code == "story.act_refused"
    assert Take.objects.count() == 1


def test_a_language_the_newsroom_does_not_publish_makes_no_story(editor: Any) -> None:
    draft = editor.writes()
    Draft.objects.update(language="xx")
    for revision in draft.revisions:
        revision.content["language"] = "xx"
        revision.save()
    assert refusal(editor.does("publish", draft.story_uid)).code == "desk.copy_unfinished"
    assert not Story.objects.exists()


# --- embargo ----------------------------------------------------------------------------------------------------


@pytest.fixture
def embargoed(editor: Any) -> Any:
    """A draft under embargo for two hours of the newsroom's own clock, published: that is, kept in."""
    from dateline.story.newsroom import newsroom

    hour = (timezone.now() + 2 * HOUR).astimezone(newsroom().timezone)
    draft = editor.writes(embargo_until=hour.strftime("%Y-%m-%dT%H:%M"))
    editor.does("publish", draft.story_uid)
    draft.refresh_from_db()
    return draft


def test_an_embargoed_story_waits_and_goes_out_by_itself(editor: Any, embargoed: Any) -> None:
    assert not Take.objects.exists()
    assert Filing.objects.get().release_at == embargoed.embargo_until
    later = timezone.now() + 3 * HOUR
    assert release_due(later) == 1
    story = Story.objects.get()
    assert story.published == embargoed.embargo_until
    # The take is the draft's own copy, so the next act is not told that the story moved.
    with time_machine.travel(later, tick=False):
        assert editor.does("update", embargoed.story_uid).status_code == 302
    assert Take.objects.count() == 2


def test_an_embargo_is_lifted_by_hand(editor: Any, embargoed: Any) -> None:
    editor.does("lift", embargoed.story_uid)
    assert Story.objects.get().state == State.OUT
    assert Draft.objects.get().take_seen == 1


def test_a_later_take_does_not_run_past_an_embargo(editor: Any) -> None:
    draft = editor.writes()
    editor.does("publish", draft.story_uid)
    editor.rewrites(draft, embargo_until="2199-01-01T10:00")
    for act in ("update", "correct"):
        answer = editor.does(act, draft.story_uid, words="Nobody may read this yet.")
        assert refusal(answer).code == "desk.copy_unfinished"
    assert Take.objects.count() == 1
