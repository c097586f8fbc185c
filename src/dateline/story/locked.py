"""The one way to text below the wall. Whoever asks says why, and the policy answers.

`LockedBody` is named here and where it is written; a test holds every other module to that.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from dateline.formats import body as body_format
from dateline.formats.body import Body
from dateline.story.models import LockedBody, Take


class Purpose(Enum):
    """Who may ask: the desk that edits it, the renderer that seals it, a delivery to an entitled client."""

    DESK = "desk"
    SEALING = "sealing"
    DELIVERY = "delivery"


ALLOWED: Final = frozenset({Purpose.DESK})
"""Sealing and deliveries are allowed when their rooms stand, by adding them here and nowhere else."""


def open_locked(take: Take, purpose: Purpose) -> Body:
    """The blocks below the wall of a take; empty where there are none.

    Raises:
        PermissionError: the purpose is not allowed; nothing was read.
    """
    if purpose not in ALLOWED:
        raise PermissionError(f"locked text is not opened for {purpose.value}")
    row = LockedBody.objects.filter(take=take).first()
    return body_format.from_json(row.body) if row else ()
