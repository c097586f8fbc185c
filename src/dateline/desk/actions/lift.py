"""Lift: copy that was kept in goes out before its hour."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser

from dateline.desk.actions.at_the_story import Decided, at_the_story
from dateline.story.actions import lift as story_lift
from dateline.story.models import Act


def lift(decided: Decided, *, user: AbstractUser, now: datetime) -> Act:
    """Let out the copy that waits in the record, as it was when it was kept in.

    Raises:
        ActRefused: nothing was changed.
    """
    with at_the_story("lift", user, decided) as work:
        act = story_lift.lift(str(decided.uid), by=user.get_username(), now=now)
        work.note(act)
        return act
