"""Correct: a later take that says what was wrong."""

from __future__ import annotations

from datetime import datetime

from dateline.formats.filed import FiledCard
from dateline.story.actions.finding import acting, current_copy, find_story, must_be_out, refused
from dateline.story.actions.update import must_not_lock
from dateline.story.deciding import release_hour
from dateline.story.models import Act, ActKind


def correct(identity: str, *, note: str, by: str, now: datetime, card: FiledCard | None = None) -> Act:
    """Put a corrected take out, with the note that readers see; without copy, the note alone is added.

    Raises:
        UnknownStory: no such story.
        ActRefused: it is not out, the note is empty, its copy is under an embargo, or a free story would be locked.
    """
    story = find_story(identity)
    if not note.strip():
        raise refused(story, "a correction needs a note", "Say to readers what was wrong and what is right.")
    with acting(story, by, now) as (fresh, batch):
        must_be_out(fresh, "correct")
        copy = card or current_copy(fresh)
        must_not_lock(fresh, copy)
        if release_hour(copy, now):
            raise refused(
                fresh, "the corrected copy is under an embargo", "Take the embargo off, or wait for its hour."
            )
        return batch.out(ActKind.CORRECT, fresh, copy, why=note.strip(), filed_now=card is not None)
