"""Who a story is: an identity that is the same whoever takes the same copy in, and whenever."""

from __future__ import annotations

import uuid
from typing import Final

NAMESPACE: Final = uuid.UUID("6f1d6c0a-51a3-5b0e-9c3e-d47e11fe2026")
"""Of our own; RFC 9562 5.5 (version 5, by name)."""


def uid_of(filed_id: str) -> uuid.UUID:
    """The identity of a story filed under `filed_id`. A UUID stands for itself."""
    try:
        return uuid.UUID(filed_id.removeprefix("urn:uuid:"))
    except ValueError:
        return uuid.uuid5(NAMESPACE, filed_id)
