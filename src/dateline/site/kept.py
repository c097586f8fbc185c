"""What the house keeps from one pressing to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Written:
    """An item written out in each format: what is joined to make a feed, and kept from one pressing to the next."""

    updated: datetime
    rss: str
    atom: str
    json: str
