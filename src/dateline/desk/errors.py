"""What the desk refuses, in three parts and with a code of its own."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from django.utils.translation import gettext as _

from dateline.errors import ActRefused


class StoryMoved(ActRefused):
    """The story, or the copy, is not what the editor saw when deciding."""

    code = "desk.story_moved"


class CopyHeld(ActRefused):
    """Somebody else has locked the copy."""

    code = "desk.copy_held"


class CopyUnfinished(ActRefused):
    """The copy lacks what an act needs."""

    code = "desk.copy_unfinished"


class NotAllowed(ActRefused):
    """The person's role does not give this right."""

    code = "desk.not_allowed"


class NotConfirmed(ActRefused):
    """What cannot be undone was not confirmed."""

    code = "desk.not_confirmed"


class NoOtherWayOut(ActRefused):
    """Somebody asked Wagtail itself to publish or to unpublish."""

    code = "desk.no_other_way_out"

    @classmethod
    def of(cls, uid: UUID) -> Self:
        return cls(
            _("Nothing was published: the editor's own publishing is closed."),
            _("The copy is kept as a draft."),
            _("Use the desk's Publish, Update, Correct, Kill or Take down; they stand in the record."),
            subject=str(uid),
        )
