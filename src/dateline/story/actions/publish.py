"""Publish: the first take of a story goes out; or one comes back that was taken down."""

from __future__ import annotations

from datetime import datetime

from dateline.formats.filed import FiledCard
from dateline.story.actions.finding import acting, find_story, refused, waiting_copy
from dateline.story.deciding import release_hour
from dateline.story.models import Act, ActKind, State


def publish(identity: str, *, by: str, now: datetime, card: FiledCard | None = None) -> Act | None:
    """Publish a story from the copy given, or from the copy that waits.

    Returns:
        The act; None where the copy has an hour to come: it is kept in and goes out by itself then.

    Raises:
        UnknownStory: no such story.
        ActRefused: it is out already, was killed, or has no copy waiting.
    """
    story = find_story(identity)
    copy = card or waiting_copy(story)
    with acting(story, by, now, copy) as (fresh, batch):
        if fresh.state == State.KILLED:
            raise refused(fresh, "the story was killed, and a kill is final", "File the copy as a new story.")
        if fresh.state == State.OUT:
            raise refused(fresh, "the story is out already", "Update or correct it.")
        if copy is None:
            raise refused(fresh, "no copy waits for it", "File copy first: at the desk, by an import, or as a card.")
        hour = release_hour(copy, now)
        if hour:
            batch.keep(fresh, copy, hour)
            return None
        return batch.out(ActKind.PUBLISH, fresh, copy)
