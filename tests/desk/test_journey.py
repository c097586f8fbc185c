"""A story's life at the desk, through the screens that editors use."""

from __future__ import annotations

from typing import Any

from django.test import Client

from dateline.desk.models import Draft
from dateline.formats.body import from_json, plain_text
from dateline.story import register
from dateline.story.models import Act, ActKind, Filing, State, Story, Take
from tests.desk.people import PASSWORD, copy, edit, refusal
from tests.newsroom import SENTINEL


def test_an_editor_signs_in_writes_previews_publishes_corrects_and_the_chief_kills(people: Any, newsroom: Any) -> None:
    browser = Client()
    answer = browser.post("/desk/sign-in/", {"login": "editor", "password": PASSWORD})
    assert answer.headers["location"] == "/desk/"
    people["editor"].browser = browser
    editor, chief = people["editor"], people["chief"]

    draft = editor.writes("Second ferry opens in Ranak", SENTINEL)
    assert not Take.objects.exists()
    assert not Filing.objects.exists()
    assert SENTINEL in editor.previews(draft, "Second ferry opens in Ranak", SENTINEL)

    answer = editor.does("publish", draft.story_uid)
    assert answer.headers["location"] == f"/desk/stories/{draft.story_uid}/"
    story = Story.objects.get(uid=draft.story_uid)
    assert (story.state, story.lock, story.take.sections) == (State.OUT, "free", ["economy", "politics"])
    assert plain_text(from_json(story.take.body)) == SENTINEL
    act = Act.objects.get(story=story)
    assert (act.kind, act.by) == (ActKind.PUBLISH, "editor")

    editor.rewrites(draft, "Second ferry opens in Ranak", "The ferry carried fourteen cars.")
    editor.does("correct", draft.story_uid, words="It carried fourteen cars, not forty.")
    story.refresh_from_db()
    assert story.take.number == 2
    assert story.take.corrections[0]["note"] == "It carried fourteen cars, not forty."
    assert plain_text(from_json(story.take.body)) == "The ferry carried fourteen cars."

    chief.does("kill", draft.story_uid, words="The ferry does not exist.", typed="Second")
    story.refresh_from_db()
    assert story.state == State.KILLED
    assert list(Act.objects.order_by("seq").values_list("kind", flat=True)) == ["publish", "correct", "kill"]
    assert register.broken_at() is None


def test_the_acts_button_saves_the_copy_first(editor: Any) -> None:
    answer = editor.browser.post("/desk/drafts/add/", copy("Second ferry opens") | {"desk-publish": "1"})
    draft = Draft.objects.get()
    assert answer.headers["location"] == f"/desk/stories/{draft.story_uid}/publish/"


def test_an_old_story_is_opened_with_its_text_and_updated(editor: Any, bridge: Any) -> None:
    draft = editor.opens(bridge.uid)
    assert (draft.headline, draft.take_seen) == (bridge.take.headline, 1)
    assert (draft.section, draft.also_in) == ("economy", ["politics"])
    assert editor.opens(bridge.uid).pk == draft.pk
    editor.does("update", bridge.uid)
    bridge.refresh_from_db()
    # Nothing was written, so the take says what the first one said.
    first, second = Take.objects.filter(story=bridge).order_by("number")
    assert (second.body, second.headline, second.dateline) == (first.body, first.headline, first.dateline)


def test_a_locked_story_is_opened_with_what_stands_below_the_wall(editor: Any, newsroom: Any) -> None:
    from dateline.story.actions.filing import Wishes, file_cards
    from dateline.story.actions.finding import current_copy, find_story
    from tests import newsroom as agency

    card = agency.ledger()
    file_cards([card], by="import", now=agency.NOW, wishes=Wishes(publish=True))
    story = find_story(card.id)
    below = current_copy(story).body
    editor.opens(story.uid)
    editor.does("update", story.uid)
    story.refresh_from_db()
    assert story.take.number == 2
    assert current_copy(story).body == below


def test_a_draft_without_a_word_is_not_published(editor: Any) -> None:
    draft = editor.writes("", blocks=[])
    answer = editor.does("publish", draft.story_uid)
    assert refusal(answer).code == "desk.copy_unfinished"
    assert not Story.objects.exists()


def test_a_draft_with_a_block_that_cannot_go_out_says_which(editor: Any) -> None:
    draft = editor.writes(blocks=[("picture", {"src": "", "alt": "The ferry", "caption": "", "credit": ""})])
    answer = editor.does("publish", draft.story_uid)
    assert answer.status_code == 409
    assert "Block 1 (picture)" in refusal(answer).happened
    assert not Story.objects.exists()


def test_the_copy_is_stored_as_it_is_spelt(editor: Any) -> None:
    from django.db import connection

    draft = editor.writes("Другі паром", "Паром перавёз сорак машын.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM desk_draft WHERE id = %s", [draft.pk])
        stored = cursor.fetchone()[0]
    assert "Паром" in str(stored)


def test_the_row_says_what_the_newest_revision_says(editor: Any) -> None:
    draft = editor.writes("First words")
    editor.rewrites(draft, "Second words")
    assert draft.headline == "Second words"
    assert "Second words" in editor.browser.get("/desk/drafts/").content.decode()
    assert editor.browser.get(edit(draft)).status_code == 200


def test_a_takedown_can_come_back(editor: Any) -> None:
    draft = editor.writes()
    editor.does("publish", draft.story_uid)
    editor.does("takedown", draft.story_uid, words="The port asked us to wait.")
    story = Story.objects.get()
    assert story.state == State.TAKEN_DOWN
    editor.does("publish", draft.story_uid)
    story.refresh_from_db()
    assert story.state == State.OUT
