"""The key that signs sessions: made once, kept in `keys/` of the newsroom, readable by its owner alone."""

from __future__ import annotations

import secrets
from pathlib import Path


def secret_key(data: Path) -> str:
    """The newsroom's key, or one for this process alone where the newsroom is not made yet."""
    kept = data / "keys" / "session.key"
    try:
        return kept.read_text(encoding="ascii").strip()
    except OSError:
        return secrets.token_urlsafe(48)


def make_secret_key(data: Path) -> None:
    """Make `keys/` (0700) and the key (0600), once."""
    folder = data / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder / "session.key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48) + "\n", encoding="ascii")
