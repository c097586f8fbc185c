"""Which addresses Django answers. Everything else is a file of `public/`, or was one at an older site."""

from __future__ import annotations

DYNAMIC = ("/desk", "/account", "/search", "/wire", "/hub", "/preview", "/static-desk")
"""First parts of paths. Languages come first in readers' addresses, so no page can stand under one of these."""

DESK = ("/desk", "/preview", "/static-desk")
"""Addresses of the editor, which needs scripts: these say their own Content-Security-Policy."""

_BELOW_DYNAMIC = tuple(f"{each}/" for each in DYNAMIC)
_BELOW_DESK = tuple(f"{each}/" for each in DESK)
_DYNAMIC_ITSELF = frozenset(DYNAMIC)


def is_dynamic(path: str) -> bool:
    """Django's, not the tree's: "/desk" and "/desk/…", not "/desks"."""
    return path.startswith(_BELOW_DYNAMIC) or path in _DYNAMIC_ITSELF


def is_desk(path: str) -> bool:
    """One of the editor's addresses."""
    return path.startswith(_BELOW_DESK) or path in DESK
