"""Open: a working copy of a story in the record, made once; later openings find it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AbstractUser

from dateline.desk.adapter.cards import fill
from dateline.desk.models import Draft
from dateline.desk.rights import must
from dateline.story import register
from dateline.story.actions.finding import current_copy, find_story, waiting_copy
from dateline.story.models import Story
from dateline.story.newsroom import newsroom


def open_story(uid: UUID, *, user: AbstractUser) -> Draft:
    """The working copy of a story: of the copy that waits, else of the newest take with its text below the wall.

    Raises:
        NotAllowed: the person's role does not give the right.
        UnknownStory: no such story.
    """
    with register.lock():
        story = find_story(str(uid))
        must(user, "open", story)
        draft = Draft.objects.filter(story_uid=story.uid).first()
        return draft or _make(story, user)


def _make(story: Story, user: AbstractUser) -> Draft:
    card = waiting_copy(story) or current_copy(story)
    draft = fill(Draft(take_seen=story.takes_filed), card)
    # The record's own identity and language: a card may carry a sender's.
    draft.story_uid = story.uid
    draft.language = story.language or newsroom().default_language
    draft.save()
    draft.save_revision(user=user, clean=False, log_action="wagtail.create")
    return draft
