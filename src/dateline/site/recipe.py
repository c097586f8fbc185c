"""What every output of this room is made of besides the record: its own files and the newsroom's settings."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from dateline.site.style import csp
from dateline.story.newsroom import newsroom


def recipe() -> bytes:
    """Changes when a template, a text, the style or its policy, the code of this room or `newsroom.toml` does."""
    return hashlib.sha256(_own_files() + csp().encode() + newsroom().source.encode()).digest()


@cache
def _own_files() -> bytes:
    here = Path(__file__).parent
    files = sorted(path for path in here.rglob("*") if path.suffix in (".py", ".jinja", ".toml", ".css", ".svg"))
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()
