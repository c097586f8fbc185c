"""The one table of content types and cache rules, and the one place of the strict headers.

The built-in server, the nginx configuration and the Caddy configuration are all made from what stands here, so that a
reader gets the same answer from each of them (tests/press/serving/test_same_as_nginx.py).
"""

from __future__ import annotations

from dataclasses import dataclass

Headers = list[tuple[str, str]]

YEAR_S = 365 * 24 * 3600

REVALIDATE = "public, max-age=0, must-revalidate"
"""Pages, feeds, lists: kept by whoever likes, asked about each time, so that a correction or a kill is seen at once."""

FOR_EVER = f"public, max-age={YEAR_S}, immutable"
"""Pictures: their names come from their bytes, so a name never changes its content (RFC 8246)."""

PICTURES = "media/"
LISTS = "lists/"

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
UNKNOWN = "application/octet-stream"

BY_NAME = {
    "feed.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "HEAD": TEXT,
    "HEAD.minisig": TEXT,
}
"""Files known by their whole name. XML and JSON say their own encoding (RFC 7303 3.2, RFC 8259 8.1): no charset."""

BY_SUFFIX = {
    ".html": HTML,
    ".xml": "application/xml",
    ".json": "application/json",
    ".txt": TEXT,
    ".css": "text/css; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".minisig": TEXT,
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".avif": "image/avif",
    ".png": "image/png",
    ".zim": "application/x-openzim",
    ".epub": "application/epub+zip",
}

PACKED = frozenset({*(BY_SUFFIX[each] for each in (".webp", ".jpg", ".avif", ".png", ".zim", ".epub")), UNKNOWN})
"""Types that are compressed already: the press makes no `.gz` and `.br` of them."""

_DENIED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)

STRICT: Headers = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", ", ".join(f"{feature}=()" for feature in _DENIED)),
    ("cross-origin-opener-policy", "same-origin"),
]
"""What every answer carries, ours or Django's. The CSP joins them; it differs between readers' pages and the desk."""

OPEN_TO_ALL = ("access-control-allow-origin", "*")
"""Static files hold nothing private, and mirrors and readers' tools may read them from any page."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file of the tree is to a browser."""

    content_type: str
    cache_control: str

    @property
    def is_packed(self) -> bool:
        return self.content_type in PACKED


def kind_of(name: str) -> Kind:
    """The kind of one file of the tree.

    Args:
        name: its path in the tree, without an opening slash: "en/feed.xml".
    """
    return Kind(_content_type(name), FOR_EVER if name.startswith(PICTURES) else REVALIDATE)


def _content_type(name: str) -> str:
    if name.startswith(LISTS):
        return TEXT
    last = name.rpartition("/")[2]
    if last in BY_NAME:
        return BY_NAME[last]
    return BY_SUFFIX.get(last[last.rfind(".") :] if "." in last else "", UNKNOWN)


def readers_csp(style_hash: str) -> str:
    """The Content-Security-Policy of readers' pages: nothing, plus what they use.

    Args:
        style_hash: of the one `<style>` that every page carries, as CSP writes it without quotes: "sha256-…=".

    Source: CSP Level 3; pages have no script, no font, no frame and load pictures from their own host alone.
    """
    return (
        f"default-src 'none'; style-src '{style_hash}'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def strict_headers(csp: str) -> Headers:
    """The headers of every static answer: the policy, the strict ones, and readable from any origin."""
    return [("content-security-policy", csp), *STRICT, OPEN_TO_ALL]
