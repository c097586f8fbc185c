"""Publish: the first take goes out, or waits for the embargo's hour; a story that was taken down comes back."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _

from dateline.desk.actions.at_the_story import Decided, at_the_story
from dateline.desk.errors import CopyUnfinished
from dateline.formats.filed import FiledCard
from dateline.story.actions import publish as story_publish
from dateline.story.actions.filing import file_cards
from dateline.story.models import Act


def publish(decided: Decided, *, user: AbstractUser, now: datetime) -> Act | None:
    """Publish the draft's copy.

    Returns:
        The act; None where the copy has an hour to come and was kept in until then.

    Raises:
        ActRefused, BodyError, CardError: nothing was changed.
    """
    by = user.get_username()
    with at_the_story("publish", user, decided) as work:
        copy = work.copy(user)
        if work.story is None:
            _bring_in(copy, by, now)
        act = story_publish.publish(copy.id, by=by, now=now, card=copy)
        work.note(act, copy)
        return act


def _bring_in(copy: FiledCard, by: str, now: datetime) -> None:
    """Make the story: its copy is kept in first, so that the record's own act takes it out."""
    answer = file_cards([copy], by=by, now=now)[0]
    if answer.reason:
        raise CopyUnfinished(
            _("Nothing went out: %(because)s.") % {"because": answer.reason},
            _("The copy is kept as a draft."),
            _("Mend that and publish again."),
            subject=copy.id,
        )
