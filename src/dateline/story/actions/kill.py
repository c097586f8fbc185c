"""Kill and takedown: nothing of the story stays out. A kill is told to every client and is final."""

from __future__ import annotations

from datetime import datetime

from dateline.story.actions.finding import acting, find_story, refused
from dateline.story.models import Act, ActKind, State


def kill(identity: str, *, why: str, by: str, now: datetime) -> Act:
    """Withdraw a published story everywhere, for good.

    Raises:
        UnknownStory: no such story.
        ActRefused: no reason, it never went out, or it was killed before.
    """
    return _withdraw(ActKind.KILL, identity, why, by, now)


def takedown(identity: str, *, why: str, by: str, now: datetime) -> Act:
    """Take a story off our own surfaces; it may be published again.

    Raises: as `kill`.
    """
    return _withdraw(ActKind.TAKEDOWN, identity, why, by, now)


def _withdraw(kind: ActKind, identity: str, why: str, by: str, now: datetime) -> Act:
    story = find_story(identity)
    if not why.strip():
        raise refused(story, f"a {kind.value} needs a reason", "Say why; the record keeps it, readers never see it.")
    with acting(story, by, now) as (fresh, batch):
        if fresh.state == State.IN:
            raise refused(fresh, "the story never went out", "Spike its copy at the desk instead.")
        if fresh.state == State.KILLED or (kind == ActKind.TAKEDOWN and fresh.state == State.TAKEN_DOWN):
            state = str(State(fresh.state).label).lower()
            raise refused(fresh, f"the story is {state} already", "Nothing is left to do.")
        return batch.withdraw(kind, fresh, why.strip())
