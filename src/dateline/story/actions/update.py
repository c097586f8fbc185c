"""Update: a later take with news."""

from __future__ import annotations

from datetime import datetime

from dateline.formats.filed import FiledCard
from dateline.story.actions.finding import acting, find_story, must_be_out, refused, waiting_copy
from dateline.story.deciding import release_hour
from dateline.story.models import Act, ActKind, Lock, Story


def update(identity: str, *, by: str, now: datetime, card: FiledCard | None = None) -> Act | None:
    """Put a later take out, from the copy given or the copy that waits.

    Returns:
        The act; None where the copy is under an embargo: it is kept in and goes out by itself then.

    Raises:
        UnknownStory: no such story.
        ActRefused: it is not out, no copy waits, or a free story would be locked.
    """
    story = find_story(identity)
    copy = card or waiting_copy(story)
    with acting(story, by, now) as (fresh, batch):
        must_be_out(fresh, "update")
        if copy is None:
            raise refused(fresh, "no copy waits for it", "File copy first: at the desk, by an import, or as a card.")
        must_not_lock(fresh, copy)
        hour = release_hour(copy, now)
        if hour:
            batch.keep(fresh, copy, hour)
            return None
        return batch.out(ActKind.UPDATE, fresh, copy)


def must_not_lock(story: Story, copy: FiledCard) -> None:
    """Locking after free publication is refused: the text is out, on mirrors and in feeds."""
    if story.lock == Lock.FREE and copy.locked:
        raise refused(story, "the story is out for everybody; locking it now would hide nothing", "Leave it free.")
