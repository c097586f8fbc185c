"""A request and its answer without a server, as RSGI shapes them."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from dateline.press.serving.static import StaticTree

CSP = "default-src 'none'; style-src 'sha256-AAAA'"


class Headers(dict[str, str]):
    """Request headers, names in lower case."""


@dataclass
class Asked:
    """One request as the server hands it over."""

    path: str
    method: str = "GET"
    headers: Headers = field(default_factory=Headers)
    proto: str = "http"
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "127.0.0.1:50000"
    scheme: str = "http"
    query_string: str = ""


class Answered:
    """Takes one answer and keeps it."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in ():
            yield chunk

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        assert self.status == 0, "answered twice"
        self.status, self.headers, self.body = status, dict(headers), body

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.response_bytes(status, headers, b"")

    def response_str(self, status: int, headers: list[tuple[str, str]], body: str) -> None:
        self.response_bytes(status, headers, body.encode())

    def response_file(self, status: int, headers: list[tuple[str, str]], file: str) -> None:
        self.response_bytes(status, headers, Path(file).read_bytes())

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> object:
        raise NotImplementedError


def ask(tree: StaticTree, path: str, method: str = "GET", **headers: str) -> Answered:
    """The tree's answer, "not found" included; `accept_encoding="br"` is the header Accept-Encoding."""
    asked = Asked(path, method, Headers({name.replace("_", "-"): value for name, value in headers.items()}))
    answered = Answered()
    if not tree.answer(asked, answered):
        tree.not_found(asked, answered)
    return answered


def put(root: Path, name: str, content: bytes, *, packed: bool = True) -> Path:
    """One output as the press places it: the file, and beside it its encodings. `.br` is only marked, not brotli."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    forms = {"": content, ".gz": gzip.compress(content, mtime=0), ".br": b"br:" + content} if packed else {"": content}
    for suffix, form in forms.items():
        made = path.with_name(f".{path.name}{suffix}.making")
        made.write_bytes(form)
        made.replace(path.with_name(path.name + suffix))
    return path


def remove(root: Path, name: str) -> None:
    """What a kill does."""
    for suffix in ("", ".gz", ".br"):
        (root / f"{name}{suffix}").unlink(missing_ok=True)


def small_tree(root: Path) -> Path:
    """One file of every kind."""
    html = "en/2026/11/22/bridge-opens/index.html"
    for name in (html, "index.html", "en/index.html", "404.html", "en/404.html", "be-Latn/404.html"):
        put(root, name, f"<!doctype html><title>{name}</title>".encode())
    for name in ("en/feed.xml", "en/atom.xml", "en/feed.json", "sitemap.xml", "news-sitemap.xml", "feeds.opml"):
        put(root, name, f"content of {name}".encode())
    for name in ("robots.txt", ".well-known/security.txt", "HEAD", "HEAD.minisig", "lists/2026-11-22"):
        put(root, name, f"content of {name}".encode())
    for name in ("style.css", "media/map.svg", "lists/keys.json"):
        put(root, name, f"content of {name}".encode())
    for name in ("media/ab12-720.webp", "media/ab12-720.jpg", "media/ab12-720.avif", "media/ab12.png", "edition.zim"):
        put(root, name, f"content of {name}".encode(), packed=False)
    return root


EVERY_FILE = (
    "index.html",
    "en/index.html",
    "en/2026/11/22/bridge-opens/index.html",
    "en/feed.xml",
    "en/atom.xml",
    "en/feed.json",
    "sitemap.xml",
    "news-sitemap.xml",
    "feeds.opml",
    "robots.txt",
    ".well-known/security.txt",
    "HEAD",
    "HEAD.minisig",
    "lists/2026-11-22",
    "lists/keys.json",
    "style.css",
    "media/map.svg",
    "media/ab12-720.webp",
    "media/ab12-720.jpg",
    "media/ab12-720.avif",
    "media/ab12.png",
    "edition.zim",
)
