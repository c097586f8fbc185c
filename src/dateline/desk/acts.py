"""The acts as the desk offers them: what each is called, what its screen says and asks, and when it makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dateline.desk.actions.correct import correct
from dateline.desk.actions.kill import kill, takedown
from dateline.desk.actions.lift import lift
from dateline.desk.actions.publish import publish
from dateline.desk.actions.update import update
from dateline.desk.rights import may
from dateline.story.models import Act, State, Story


@dataclass(frozen=True, slots=True)
class DeskAct:
    """One button.

    Args:
        states: states of the story in the record for which it is offered; "" is a story not in the record.
        takes_copy: whether the draft's copy goes out by it.
        needs_draft: there is nothing to do without a draft.
        asks: label of the words it needs, where it needs some.
        final: it cannot be undone, so a word is typed to confirm it.
        do: the action; see `desk.actions`.
    """

    label: str | Promise
    icon: str
    says: str | Promise
    states: frozenset[str]
    do: Callable[..., Act | None]
    takes_copy: bool = False
    needs_draft: bool = False
    asks: str | Promise = ""
    final: bool = False
    waiting_only: bool = False
    done: str | Promise = ""


ACTS: Final[dict[str, DeskAct]] = {
    "publish": DeskAct(
        pgettext_lazy("act", "Publish"),
        "upload",
        _("The copy goes out as the story's next take: to the site at once, and to everybody who takes our wire."),
        frozenset({"", State.IN, State.TAKEN_DOWN}),
        publish,
        takes_copy=True,
        needs_draft=True,
        done=_("Published."),
    ),
    "update": DeskAct(
        pgettext_lazy("act", "Update"),
        "rotate",
        _("The copy goes out as a later take. Readers see the new text and the hour; no correction is shown."),
        frozenset({State.OUT}),
        update,
        takes_copy=True,
        needs_draft=True,
        done=_("Updated."),
    ),
    "correct": DeskAct(
        pgettext_lazy("act", "Correct"),
        "warning",
        _("The copy goes out as a later take, and your note stands on the page: it says what was wrong."),
        frozenset({State.OUT}),
        correct,
        takes_copy=True,
        asks=_("Note to readers"),
        done=_("Corrected."),
    ),
    "lift": DeskAct(
        pgettext_lazy("act", "Lift the embargo"),
        "time",
        _("The copy that waits goes out now, as it was kept in, before its hour."),
        frozenset({State.IN}),
        lift,
        waiting_only=True,
        done=_("The embargo was lifted; the story is out."),
    ),
    "takedown": DeskAct(
        pgettext_lazy("act", "Take down"),
        "download",
        _("The story leaves our own site and feeds. Clients are not told to kill it. It may be published again."),
        frozenset({State.OUT}),
        takedown,
        asks=_("Reason, for the record"),
        done=_("Taken down."),
    ),
    "kill": DeskAct(
        pgettext_lazy("act", "Kill"),
        "bin",
        _(
            "The story leaves every surface, feed and list, and whoever received it is told to kill it. A kill is final."
        ),
        frozenset({State.OUT, State.TAKEN_DOWN}),
        kill,
        asks=_("Reason, for the record"),
        final=True,
        done=_("Killed."),
    ),
}


def offered(user: AbstractBaseUser | AnonymousUser, uid: UUID | None) -> list[str]:
    """The acts that make sense for a story now and that the person may do."""
    story = Story.objects.select_related("filing").filter(uid=uid).first() if uid else None
    state = story.state if story else ""
    waits = bool(story and getattr(story, "filing", None))
    return [
        name
        for name, act in ACTS.items()
        if state in act.states and (waits or not act.waiting_only) and may(user, name, story)
    ]


def perform(name: str, decided: object, *, user: AbstractBaseUser, now: datetime) -> Act | None:
    """Do an act of the desk; see its own action for what it raises."""
    return ACTS[name].do(decided, user=user, now=now)
