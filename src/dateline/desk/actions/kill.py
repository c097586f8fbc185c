"""Kill and take down: nothing of the story stays out. A kill is final, so it is confirmed by a typed word."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser

from dateline.desk.actions.at_the_story import Decided, at_the_story, must_be_confirmed
from dateline.story.actions import kill as story_kill
from dateline.story.models import Act


def kill(decided: Decided, *, user: AbstractUser, now: datetime) -> Act:
    """Withdraw a story everywhere, for good.

    Raises:
        ActRefused: nothing was changed.
    """
    with at_the_story("kill", user, decided) as work:
        if work.story:
            must_be_confirmed(work.story, decided.typed)
        act = story_kill.kill(str(decided.uid), why=decided.words, by=user.get_username(), now=now)
        work.note(act)
        return act


def takedown(decided: Decided, *, user: AbstractUser, now: datetime) -> Act:
    """Take a story off our own surfaces; it may be published again.

    Raises:
        ActRefused: nothing was changed.
    """
    with at_the_story("takedown", user, decided) as work:
        act = story_kill.takedown(str(decided.uid), why=decided.words, by=user.get_username(), now=now)
        work.note(act)
        return act
