"""The record's own words as the desk's screens say them, in the language of the person who reads.

Acts have a context ("act"): Wagtail's catalogue has some of the same words and would answer first with its own.
"""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dateline.story.models import ActKind, State

STATE_WORDS: Final[dict[str, str | Promise]] = {
    State.IN: _("Kept in"),
    State.OUT: _("Out"),
    State.TAKEN_DOWN: _("Taken down"),
    State.KILLED: _("Killed"),
}
ACT_WORDS: Final[dict[str, str | Promise]] = {
    ActKind.PUBLISH: pgettext_lazy("act", "Publish"),
    ActKind.UPDATE: pgettext_lazy("act", "Update"),
    ActKind.CORRECT: pgettext_lazy("act", "Correct"),
    ActKind.KILL: pgettext_lazy("act", "Kill"),
    ActKind.TAKEDOWN: pgettext_lazy("act", "Take down"),
}
