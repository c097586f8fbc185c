"""The one way this adapter refuses: never by leaving out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dateline.errors import BodyError


def refused(where: str, what: str) -> BodyError:
    """A `BodyError` told to the editor who wrote the text."""
    return BodyError(
        _("%(where)s: %(what)s.") % {"where": where, "what": what},
        _("The copy is kept as you wrote it; nothing went out."),
        _("Mend that block, or take it out, and try again."),
    )
