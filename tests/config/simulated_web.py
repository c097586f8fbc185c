"""A web process over any tree, with a small stand-in for Django: python simulated_web.py --data DIR --port N [--access-log].

With DATELINE_TEST_DJANGO=broken the stand-in cannot be loaded.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

from dateline.config import rsgi
from dateline.config.running.wsgi_bridge import Environ, WsgiApplication

CSP = "default-src 'none'; style-src 'sha256-AAAA'"
SHOWN = (
    "REQUEST_METHOD",
    "PATH_INFO",
    "QUERY_STRING",
    "CONTENT_TYPE",
    "CONTENT_LENGTH",
    "HTTP_COOKIE",
    "HTTP_X_TWICE",
    "HTTP_X_FORWARDED_FOR",
)


def stand_in(environ: Environ, start_response):
    path = environ["PATH_INFO"]
    if path.startswith("/desk/boom") or path.startswith("/boom"):
        raise ValueError("a secret of the desk")
    if path == "/desk/wait":
        wait_for_release(Path(os.environ["DATELINE_TEST_FOLDER"]))
    if path.startswith("/desk/large"):
        start_response("200 OK", [("Content-Type", "text/csv")])
        return (b"x" * 65536 for _ in range(100))
    if path.startswith("/desk/"):
        told = {name: environ.get(name) for name in SHOWN} | {"body": environ["wsgi.input"].read().decode("latin-1")}
        start_response("200 OK", [("Content-Type", "application/json"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return [json.dumps(told).encode()]
    if path.startswith("/search"):
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"found"]
    if path == "/old/":
        start_response("301 Moved Permanently", [("Location", "/en/"), ("Set-Cookie", "spy=1")])
        return [json.dumps([environ.get("HTTP_COOKIE"), environ.get("HTTP_AUTHORIZATION")]).encode()]
    if path == "/gone/":
        start_response("410 Gone", [("Content-Type", "text/html")])
        return [b"gone"]
    start_response("404 Not Found", [("Content-Type", "text/html")])
    return [b"the stand-in's own 404"]


def wait_for_release(folder: Path) -> None:
    """Say that a request is in hand, and hold it until the test lets it go."""
    (folder / "in-hand").touch()
    never = threading.Event()
    while not (folder / "released").exists():
        never.wait(0.02)


def load_stand_in() -> WsgiApplication:
    if os.environ.get("DATELINE_TEST_DJANGO") == "broken":
        raise ImportError("settings are broken")
    return stand_in


if __name__ == "__main__":
    rsgi.load_django = load_stand_in
    rsgi.csp = lambda: CSP
    rsgi.main(sys.argv[1:])
