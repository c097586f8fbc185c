"""Correct: a later take that tells readers what was wrong."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser

from dateline.desk.actions.at_the_story import Decided, at_the_story
from dateline.desk.actions.update import must_be_due
from dateline.story.actions import correct as story_correct
from dateline.story.models import Act


def correct(decided: Decided, *, user: AbstractUser, now: datetime) -> Act:
    """Put the draft's copy out with the note; where there is no draft, the note alone.

    Raises:
        ActRefused, BodyError, CardError: nothing was changed.
    """
    by = user.get_username()
    with at_the_story("correct", user, decided) as work:
        copy = work.copy(user) if work.draft else None
        if copy:
            must_be_due(copy, now)
        act = story_correct.correct(str(decided.uid), note=decided.words, by=by, now=now, card=copy)
        work.note(act)
        return act
