"""From the path of a request to the name of a file in the tree, refusing every trick on the way. Pure.

Promises:
- a name returned here has no `..`, no empty or dotted segment, no backslash and no control character, so joined to the
  root it stays in the tree (links that lead out are the shelf's business);
- nothing of the request but its checked path is ever put into an answer.

The path is decoded once, by the HTTP server: "%2e%2e%2f" arrives here as "../" and is refused as that; "%252e" arrives
as the text "%2e" and names no file.
"""

from __future__ import annotations

import re
from urllib.parse import quote

PATH_MAX = 1024
"""Characters. The longest address we press is under 300."""

_SEGMENT = r"[^./\\\x00-\x1f\x7f\ufffd][^/\\\x00-\x1f\x7f\ufffd]*"
# RFC 8615: /.well-known/ is the only place for a name that opens with a dot.
_PLAIN_PATH = re.compile(rf"(?:/\.well-known)?(?:/{_SEGMENT})*/?")
_LANGUAGE = re.compile(r"/([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)/")

_HIDDEN = (".gz", ".br")
"""The encodings beside a file are ways of sending it, no addresses of their own."""


def is_plain(path: str) -> bool:
    """A path that may name something: rooted, short, and free of tricks."""
    return len(path) <= PATH_MAX and _PLAIN_PATH.fullmatch(path) is not None


def file_name(path: str) -> str | None:
    """The file of the tree that a path asks for: "/en/" → "en/index.html"; None where none may be named."""
    if not path or not is_plain(path) or path.endswith(_HIDDEN):
        return None
    return f"{path}index.html"[1:] if path.endswith("/") else path[1:]


def with_slash(path: str) -> str:
    """Where a folder asked for without its slash is: an absolute path, percent-encoded, never naming a host.

    Source: RFC 9110 10.2.2 allows a relative reference; a Location built from the Host header could be made to lie.
    """
    return quote(path, safe="/-._~") + "/"


def not_found_pages(path: str) -> tuple[str, ...]:
    """The pages that may say "not found", best first: the one of the path's language, then the common one."""
    language = _LANGUAGE.match(path) if is_plain(path) else None
    return (f"{language[1]}/404.html", "404.html") if language else ("404.html",)
