"""Times as strangers write them, into aware ones; what cannot be meant is left out and said.

Sources: RFC 3339; RFC 5322 3.3 (feeds); the "YYYY-MM-DD HH:MM:SS" of MySQL dumps, WordPress and Ghost.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import Final

_ZERO: Final = re.compile(r"[0:\-\sTZ.+]*")
_WORDY: Final = re.compile(r"[A-Za-z]{3},?\s|\d{1,2}\s+[A-Za-z]{3}")
LONGEST_TIME: Final = 60
FIRST_YEAR: Final = 1500
LAST_YEAR: Final = 2200


class Times:
    """The times of one card. Collects in `notes` the fields without an offset, in `repairs` those left out."""

    def __init__(self, zone: tzinfo = UTC) -> None:
        self._zone = zone
        self.notes: list[str] = []
        self.repairs: list[str] = []

    def read(self, field: str, value: object, *, zone: tzinfo | None = None) -> datetime | None:
        """One time; None for nothing, zeros, and what cannot be meant.

        Args:
            field: the card's field it is for, named in notes and repairs.
            value: as written; anything but text is nothing.
            zone: where the format itself says in which zone its bare times are (then nothing is noted).
        """
        text = value.strip() if isinstance(value, str) else ""
        if _ZERO.fullmatch(text[:LONGEST_TIME]) and len(text) <= LONGEST_TIME:
            return None
        when = _parsed(text)
        if when is None or not FIRST_YEAR <= when.year <= LAST_YEAR:
            self.repairs.append(f"{field} {text[:40]!r} is no time that can be meant; left out")
            return None
        if when.tzinfo:
            return when
        if zone is None and field not in self.notes:
            self.notes.append(field)
        return when.replace(tzinfo=zone or self._zone)


def _parsed(text: str) -> datetime | None:
    if len(text) > LONGEST_TIME:
        return None
    try:
        if _WORDY.match(text):
            return parsedate_to_datetime(text)
        return datetime.fromisoformat(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
