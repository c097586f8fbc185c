"""The desk's scripts and styles, served by this process: `/static-desk/VERSION/…`, kept by browsers for ever.

VERSION follows from the versions of what the files belong to and from our own files' bytes, so an upgrade is a new
address and nobody sees an old script beside a new page. No step has to be run to collect them.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

FROM: Final = ("wagtail", "django-allauth", "Django")
OWN: Final = Path(__file__).parent / "static"
PACKABLE: Final = ("text/", "image/svg+xml", "application/json", "font/ttf")
KEPT_PACKED: Final = 48
"""Files kept compressed in memory; an editor needs about thirty."""


@cache
def static_version() -> str:
    """Eight letters that change whenever any of the files may have."""
    said = hashlib.sha256("".join(f"{name}={version(name)};" for name in FROM).encode())
    for file in sorted(OWN.rglob("*")):
        if file.is_file():
            said.update(file.read_bytes())
    return said.hexdigest()[:8]


def content_type(path: str) -> str:
    """The type by the file's name; scripts and styles are UTF-8."""
    if path.endswith((".js", ".mjs")):
        return "text/javascript; charset=utf-8"
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@lru_cache(maxsize=KEPT_PACKED)
def packed(path: str) -> bytes:
    """The file compressed, always to the same bytes."""
    return gzip.compress(Path(path).read_bytes(), 6, mtime=0)
