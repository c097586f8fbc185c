"""The tree served over HTTP, from memory. One request costs two looks at the disk and no reading.

Promises:
- a file is served only while its plain form stands in the tree, whatever encodings lie beside it: removing that one
  file is enough for a kill;
- no cookie, no host name and no text of the request appear in an answer;
- an address that is refused and one that names nothing get the same 404.

Left out on purpose: ranges (RFC 9110 14.2 lets a server ignore them), and Last-Modified, which would tell when a file
was pressed and cannot tell two takes of one second apart.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dateline.press.serving.addresses import PATH_MAX, file_name, not_found_pages, with_slash
from dateline.press.serving.headers import REVALIDATE, TEXT, Headers, Kind, kind_of, strict_headers
from dateline.press.serving.negotiation import SUFFIXES, accepted, has_already
from dateline.press.serving.rsgi import Answering, Scope
from dateline.press.serving.shelf import SHELF_MAX, Dress, Leaf, Shelf

NO_SERVER = ("server", "")
"""granian names itself where no such header is given; an empty one is as near to none as it allows."""

PLACES_MAX = 4096
"""Addresses kept worked out. With 1,024 characters each at most they hold a few megabytes whoever asks for what."""
READING = frozenset({"GET", "HEAD"})


class Form(NamedTuple):
    """A file in one encoding: its whole path and how its headers are made."""

    path: str
    dress: Dress


class Place(NamedTuple):
    """An address of the tree, worked out once: the plain file and its forms by content coding."""

    plain: str
    forms: dict[str, Form]


class StaticTree:
    """Answers GET and HEAD from `public/`.

    Args:
        root: the tree; may be absent as yet.
        csp: the Content-Security-Policy of readers' pages.
        limit: bytes of files to keep in memory at most.
    """

    def __init__(self, root: Path, csp: str, limit: int = SHELF_MAX) -> None:
        self._root = str(root)
        self._shelf = Shelf(root, limit)
        self.strict: Headers = [*strict_headers(csp), NO_SERVER]
        self._place_of = lru_cache(maxsize=PLACES_MAX)(self._place_at)

    def answer(self, scope: Scope, proto: Answering) -> bool:
        """Answer when the tree has the address; False says that nothing was sent."""
        path = scope.path
        place = self._place_of(path) if len(path) <= PATH_MAX else None  # before it is remembered: see PLACES_MAX
        if place is None:
            return False
        leaf = self._find(place, scope.headers.get("accept-encoding") or "")
        if leaf is None:
            return self._answer_folder(scope, proto)
        if scope.method not in READING:
            self.refuse_method(proto)
        elif (seen := scope.headers.get("if-none-match")) and has_already(seen, leaf.etag):
            proto.response_empty(304, leaf.not_modified)
        else:
            _send(200, leaf, leaf.headers, scope.method, proto)
        return True

    def not_found(self, scope: Scope, proto: Answering) -> None:
        """The 404 page in the language of the path, or one plain line."""
        for page in not_found_pages(scope.path):
            leaf = self._find(self._place(page), scope.headers.get("accept-encoding") or "")
            if leaf is not None:
                headers = [pair for pair in leaf.headers if pair[0] != "etag"]
                return _send(404, leaf, headers, scope.method, proto)
        self.say(404, "Not found.", scope.method, proto)
        return None

    def refuse_method(self, proto: Answering) -> None:
        """405, naming what is allowed (RFC 9110 15.5.6)."""
        self.say(405, "This address can only be read.", "GET", proto, [("allow", "GET, HEAD")])

    def say(self, status: int, text: str, method: str, proto: Answering, more: Iterable[tuple[str, str]] = ()) -> None:
        """One line of our own words, with the strict headers."""
        body = f"{text}\n".encode()
        length = ("content-length", str(len(body)))
        headers = [("content-type", TEXT), ("cache-control", REVALIDATE), *more, *self.strict, length]
        if method == "HEAD":
            proto.response_empty(status, headers)
        else:
            proto.response_bytes(status, headers, body)

    def _answer_folder(self, scope: Scope, proto: Answering) -> bool:
        """A folder with an index, asked for without its slash: 301, so that the page's relative links hold."""
        if scope.path.endswith("/") or self._find(self._place(f"{scope.path[1:]}/index.html"), "") is None:
            return False
        if scope.method in READING:
            self.say(301, "Moved.", scope.method, proto, [("location", with_slash(scope.path))])
        else:
            self.refuse_method(proto)
        return True

    def _find(self, place: Place, accept_encoding: str) -> Leaf | None:
        if not os.access(place.plain, os.F_OK):
            return None
        for coding in accepted(accept_encoding) if len(place.forms) > 1 else ("identity",):
            leaf = self._shelf.take(*place.forms[coding])
            if leaf is not None:
                return leaf
        return None

    def _place_at(self, path: str) -> Place | None:
        name = file_name(path)
        return None if name is None else self._place(name)

    def _place(self, name: str) -> Place:
        kind = kind_of(name)
        plain = f"{self._root}/{name}"
        codings = ["identity"] if kind.is_packed else list(SUFFIXES)
        return Place(plain, {each: Form(plain + SUFFIXES[each], self._dress(kind, each)) for each in codings})

    def _dress(self, kind: Kind, coding: str) -> Dress:
        vary = [] if kind.is_packed else [("vary", "Accept-Encoding")]
        encoding = [] if coding == "identity" else [("content-encoding", coding)]
        strict = self.strict

        def dress(etag: str, size: int) -> tuple[Headers, Headers]:
            # RFC 9110 15.4.5: a 304 repeats these and needs no others
            kept = [("etag", etag), ("cache-control", kind.cache_control), *vary]
            full = [("content-type", kind.content_type), *encoding, *kept, *strict, ("content-length", str(size))]
            return full, [*kept, NO_SERVER]

        return dress


def _send(status: int, leaf: Leaf, headers: Headers, method: str, proto: Answering) -> None:
    if method == "HEAD":
        proto.response_empty(status, headers)
    elif leaf.body is None:
        proto.response_file(status, headers, leaf.path)
    else:
        proto.response_bytes(status, headers, leaf.body)
