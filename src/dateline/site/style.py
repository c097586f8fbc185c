"""The one style sheet, as it stands in every page, and the policy that allows it and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources

from dateline.press.serving.headers import readers_csp


@cache
def css() -> str:
    """`style.css` without comments and needless spaces; the bytes between `<style>` and `</style>`."""
    written = (resources.files("dateline.site") / "style.css").read_text(encoding="utf-8")
    bare = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
    tight = re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", bare))
    return re.sub(r":\s+", ":", tight).replace(";}", "}").strip()


@cache
def csp() -> str:
    """The Content-Security-Policy of readers' pages, as a header."""
    digest = hashlib.sha256(css().encode()).digest()
    return readers_csp(f"sha256-{base64.b64encode(digest).decode()}")


@cache
def meta_csp() -> str:
    """The same as a `<meta>`, for mirrors that set no headers.

    CSP Level 3 §3.3: `frame-ancestors` has no meaning there, and browsers complain of it.
    """
    return "; ".join(part for part in csp().split("; ") if not part.startswith("frame-ancestors"))
