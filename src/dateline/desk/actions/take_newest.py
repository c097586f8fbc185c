"""Take the newest take into the draft: what was written stays in the draft's history."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AbstractUser

from dateline.desk.adapter.cards import fill
from dateline.desk.models import Draft
from dateline.desk.rights import must
from dateline.story import register
from dateline.story.actions.finding import current_copy, find_story


def take_newest(uid: UUID, *, user: AbstractUser) -> Draft:
    """Put the copy of the take that stands into the draft, as a new revision.

    Raises:
        NotAllowed: the person's role does not give the right.
        UnknownStory: no such story.
        ActRefused: it never went out.
    """
    with register.lock():
        story = find_story(str(uid))
        must(user, "open", story)
        draft: Draft = Draft.objects.select_for_update().get(story_uid=story.uid).get_latest_revision_as_object()
        fill(draft, current_copy(story))
        draft.story_uid, draft.language = story.uid, story.language
        draft.save_revision(user=user, clean=False, log_action=True)
        Draft.objects.filter(pk=draft.pk).update(take_seen=story.takes_filed, kept_digest="")
        draft.take_seen = story.takes_filed
        return draft
