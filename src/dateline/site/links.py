"""Addresses on our own site: relative for readers, absolute where a standard demands it.

Pages link to each other by relative addresses of folders ("../../en/"), so that the tree works on any host, under any
prefix and on a mirror that nobody asked us about.
"""

from __future__ import annotations

from typing import Final

STORY_ROOT: Final = "../" * 5
"""From `en/2026/11/22/slug/` to the root; every story stands at that depth."""

INDEX: Final = "index.html"


def root_of(path: str) -> str:
    """From the folder of an output to the root of the site: "en/feed.xml" gives "../", "sitemap.xml" gives ""."""
    return "../" * path.count("/")


def to(root: str, address: str) -> str:
    """A relative address from a page whose way to the root is `root`; never empty, which would mean "this page"."""
    return f"{root}{address}" or "./"


def front(language: str) -> str:
    return f"{language}/"


def section(language: str, slug: str) -> str:
    return f"{language}/{slug}/"


def output(address: str) -> str:
    """The output that answers at a folder's address."""
    return f"{address}{INDEX}"


def address(path: str) -> str:
    """The folder's address that an `index.html` answers."""
    return path.removesuffix(INDEX)


def language_of(address: str) -> str:
    """The language that an address opens with."""
    return address.partition("/")[0]
