"""Which addresses a body may hold: a link to follow, a picture to ask for. Everything else is refused or left out."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

LINK_SCHEMES: Final = ("http:", "https:", "mailto:", "story:", "name:")
"""`story:UID` and `name:SLUG` point inside the record and become addresses when rendered."""


def is_safe_href(href: str) -> bool:
    """Whether a link may be shown: a known scheme, or an address without a scheme and host of its own."""
    bare = href.strip().lower()
    if any(ord(char) <= 0x20 or char == "\\" for char in bare) or bare.startswith("//"):
        return False
    return bare.startswith(LINK_SCHEMES) or not re.match(r"[^/?#]*:", bare)


def is_safe_src(src: str) -> bool:
    """Whether a picture may be asked for there: http(s), `picture:ID`, or an address of the site without `..` steps."""
    bare = src.strip().lower()
    if any(ord(char) <= 0x20 or char == "\\" for char in bare) or bare.startswith("//"):
        return False
    if bare.startswith(("http:", "https:", "picture:")):
        return True
    steps = unquote(unquote(bare)).replace("\\", "/").split("?")[0].split("/")
    return ".." not in steps and not re.match(r"[^/?#]*:", bare)
