"""Lift an embargo: by hand before its hour, and by the clock when the hour has come."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from dateline.formats import filed
from dateline.formats.filed import FiledCard
from dateline.story.actions.finding import acting, find_story, refused, waiting_copy
from dateline.story.deciding import correction_note
from dateline.story.models import Act, ActKind, Filing, State, Story

log = logging.getLogger(__name__)


def lift(identity: str, *, by: str, now: datetime) -> Act:
    """Let copy out before its hour.

    Raises:
        UnknownStory: no such story.
        ActRefused: no copy waits, or the story was killed meanwhile.
    """
    story = find_story(identity)
    copy = waiting_copy(story)
    if copy is None:
        raise refused(story, "no copy waits for it", "Nothing is under embargo.")
    first = min(filter(None, (copy.published, now)))
    return _release(story, replace(copy, embargoed_until=None, status="usable", published=first), by, now)


def release_due(now: datetime) -> int:
    """Let out every copy whose hour has come. One that fails stays kept in, is named in the log, and stops no other.

    Returns:
        How many went out.
    """
    due = Filing.objects.filter(release_at__lte=now).select_related("story").order_by("release_at", "pk")
    released = 0
    for filing in due:
        try:
            copy = filed.from_json(filing.card)
            at = filing.release_at if copy.published is None else copy.published
            _release(filing.story, replace(copy, published=at), filing.by, now, still_due=True)
            released += 1
        except Exception:
            log.exception("story %s was due and was not released", filing.story.uid)
    return released


def _release(story: Story, copy: FiledCard, by: str, now: datetime, *, still_due: bool = False) -> Act:
    with acting(story, by, now, copy) as (fresh, batch):
        if still_due and not Filing.objects.filter(story=fresh, release_at__lte=now).exists():
            raise refused(fresh, "its copy changed meanwhile", "It goes out at its new hour.")
        if fresh.state == State.KILLED:
            raise refused(fresh, "the story was killed, and a kill is final", "File the copy as a new story.")
        if fresh.state != State.OUT:
            return batch.out(ActKind.PUBLISH, fresh, copy)
        kind = ActKind.CORRECT if copy.signal == "correction" and correction_note(copy) else ActKind.UPDATE
        return batch.out(kind, fresh, copy, why=correction_note(copy) if kind == ActKind.CORRECT else "")
