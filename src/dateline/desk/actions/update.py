"""Update: a later take with news."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _

from dateline.desk.actions.at_the_story import Decided, at_the_story
from dateline.desk.errors import CopyUnfinished
from dateline.formats.filed import FiledCard
from dateline.story.actions import update as story_update
from dateline.story.deciding import release_hour
from dateline.story.models import Act


def update(decided: Decided, *, user: AbstractUser, now: datetime) -> Act | None:
    """Put the draft's copy out as a later take.

    Raises:
        ActRefused, BodyError, CardError: nothing was changed.
    """
    with at_the_story("update", user, decided) as work:
        copy = work.copy(user)
        must_be_due(copy, now)
        act = story_update.update(copy.id, by=user.get_username(), now=now, card=copy)
        work.note(act)
        return act


def must_be_due(copy: FiledCard, now: datetime) -> None:
    """Refuse copy under embargo: a later take goes out at once.

    Raises:
        CopyUnfinished: the embargo's hour has not come.
    """
    hour = release_hour(copy, now)
    if hour:
        raise CopyUnfinished(
            _("Nothing went out: the copy is under embargo until %(hour)s, and a later take goes out at once.")
            % {"hour": hour.isoformat(timespec="minutes")},
            _("The copy is kept as a draft."),
            _("Wait for the hour, or take the embargo off."),
            subject=copy.id,
        )
