"""From an old address that came with an import to the output that answers there. Pure; trusts nothing.

An old path is kept as its sender wrote it, so it may be hostile, or stand where one of our own outputs stands now or
will later. What cannot be answered by a file (a query: "/?p=12"), or might collide, has no output.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import quote, unquote

SEGMENT_MAX: Final = 200
"""Bytes of one step: file systems hold 255, and the press writes `.br` and a temporary ending beside."""

PATH_MAX: Final = 900
"""Bytes of a whole output; the server refuses addresses over 1,024 characters."""

_OUR_OUTPUTS: Final = {
    "404.html",
    "feeds.opml",
    "icon.svg",
    "index.html",
    "news-sitemap.xml",
    "robots.txt",
    "sitemap.xml",
}
_OUR_FOLDERS: Final = {"lists", "media", "sitemaps"}
_SIGNED: Final = {"head", "head.minisig"}
_PER_REQUEST: Final = {"account", "desk", "hub", "search", "static", "wire"}

OURS: Final = frozenset(_OUR_OUTPUTS | _OUR_FOLDERS | _SIGNED | _PER_REQUEST)
"""First steps of addresses that are ours, or will be, in small letters."""

_PLAIN: Final = re.compile(
    r"[^./\\\x00-\x1f\x7f-\x9f\ufffd\u2028\u2029\ud800-\udfff][^/\\\x00-\x1f\x7f-\x9f\ufffd\u2028\u2029\ud800-\udfff]*"
)
_PAGE: Final = re.compile(r".+\.html", re.IGNORECASE)
_OUR_PAGES: Final = frozenset({"index.html", "404.html"})
_OUR_FEEDS: Final = frozenset({"feed.xml", "atom.xml", "feed.json"})
"""Files in every folder of a language or a section; a folder of that name would keep the feed from being put there."""
_YEAR: Final = re.compile(r"\d{4}")
_DATED_STEPS: Final = 4  # year, month, day and slug: as far down as our own outputs go


def output_of(old_path: str, languages: Collection[str]) -> str | None:
    """The output of an old path: "/2019/05/a/" → "2019/05/a/index.html", "/a.html" → "a.html"; None where there is none.

    `languages` are the newsroom's tags, whose folders are ours.
    """
    if not old_path.startswith("/") or old_path.startswith("//") or "?" in old_path or "#" in old_path:
        return None
    steps = unquote(old_path, errors="replace").strip("/").split("/")
    if steps[-1] == "index.html":
        steps.pop()
    if not steps or not all(_is_plain(step) for step in steps) or _is_ours(steps, languages):
        return None
    is_page = _PAGE.fullmatch(steps[-1]) and not old_path.endswith("/")
    # A page's name as a folder's would stand where another old address has its page.
    if any(_PAGE.fullmatch(step) for step in (steps[:-1] if is_page else steps)):
        return None
    output = "/".join(steps) if is_page else "/".join([*steps, "index.html"])
    return output if len(output.encode()) <= PATH_MAX else None


def _is_plain(step: str) -> bool:
    # `press.placing.check_path` takes printable names alone: no zero-width letters, no spaces but the common one.
    if not _PLAIN.fullmatch(step) or not step.isprintable() or step != step.strip() or step.endswith("."):
        return False
    return len(step.encode()) <= SEGMENT_MAX and not step.lower().endswith((".gz", ".br"))


def _is_ours(steps: list[str], languages: Collection[str]) -> bool:
    first = steps[0].lower()
    if first in OURS:
        return True
    if first not in {language.lower() for language in languages}:
        return False
    below = steps[1:]
    if any(step.lower() in _OUR_FEEDS for step in below):
        return True
    if _PAGE.fullmatch(steps[-1]):
        return len(steps) < 2 or steps[-1].lower() in _OUR_PAGES
    # A section, now or later, has one step and its feeds; names have two; a story has a date and a slug.
    if len(below) < 2 or below[0].lower() == "names":
        return True
    return bool(_YEAR.fullmatch(below[0])) and len(below) <= _DATED_STEPS


def old_paths_of(output: str) -> list[str]:
    """The ways in which an old path may have been written whose output this is."""
    folder = output.removesuffix("/index.html") if output.endswith("/index.html") else ""
    written = [f"/{folder}", f"/{folder}/", f"/{folder}/index.html"] if folder else [f"/{output}"]
    spelt = [*written, *map(quote, written), *(_small_hex(quote(way)) for way in written)]
    return list(dict.fromkeys(spelt))


def _small_hex(path: str) -> str:
    return re.sub(r"%[0-9A-F]{2}", lambda found: found[0].lower(), path)
