"""The web process: readers' files first, from memory; Django behind them for what is dynamic.

Started by `dateline run` as `python -m dateline.config.rsgi`. Importing it loads no Django.

RSGI rather than ASGI, measured on one page with one connection pool: 44,000 against 42,000 requests a second, with no
dictionary or list of headers made per request.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from dateline.config.running.access_log import Answer, logged
from dateline.config.running.lazy_django import LazyDjango
from dateline.config.running.prefixes import is_desk, is_dynamic
from dateline.config.running.request_body import BodyRefused, read_body
from dateline.config.running.web import serve
from dateline.config.running.wsgi_bridge import Collected, Environ, WsgiApplication, WsgiBridge, environ_of, send
from dateline.press.serving.addresses import is_plain
from dateline.press.serving.rsgi import Answering, Scope
from dateline.press.serving.static import READING, StaticTree
from dateline.site.style import csp

log = logging.getLogger("dateline.run")

UNASKED_LOADING_S = 3.0
"""Django is loaded after this time even if nobody came, so that the first editor need not wait."""

LOADING_MAX_S = 30.0
OLD_ADDRESS_MAX_S = 10.0
OLD_ADDRESSES_AT_ONCE = 32
"""Unknown addresses being asked about at one time. A scanner's flood must not queue up before the desk."""

OLD_ADDRESS_ANSWERS = frozenset({200, 301, 302, 307, 308, 410})
"""What Django may say about an address that is no file; all else is our own "not found"."""

_PRIVATE = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")


class Newsroom:
    """One newsroom over HTTP.

    Args:
        tree: `public/`.
        django: the rest.
        bridge: the threads that the rest runs in.
    """

    def __init__(self, tree: StaticTree, django: LazyDjango, bridge: WsgiBridge) -> None:
        self._tree = tree
        self._django = django
        self._bridge = bridge
        self._asked_old = 0

    async def __call__(self, scope: Scope, proto: Answering) -> None:
        """Answer one request; never raises."""
        try:
            await self._answer(scope, proto)
        except Exception as error:  # noqa: BLE001 - the last border before the server
            log.error("A request could not be answered: %s", type(error).__name__)
            self._say_fault(scope, proto)

    async def _answer(self, scope: Scope, proto: Answering) -> None:
        path = scope.path
        if not path or not scope.headers.get("host"):
            self._tree.say(400, "Not a request we can read.", "GET", proto)  # RFC 9112 3.2: Host is required
        elif is_dynamic(path):
            await self._answer_dynamic(scope, proto)
        elif self._tree.answer(scope, proto):
            self._django.wake()
        elif scope.method not in READING:
            self._tree.refuse_method(proto)
        elif not is_plain(path) or not await self._answer_old_address(scope, proto):
            self._tree.not_found(scope, proto)

    async def _answer_dynamic(self, scope: Scope, proto: Answering) -> None:
        application = await self._django.application(LOADING_MAX_S)
        if application is None:
            self._say_not_ready(scope, proto)
            return
        try:
            body = await read_body(scope, proto)
        except BodyRefused as refused:
            self._tree.say(
                refused.status, "This request was not taken.", scope.method, proto, [("connection", "close")]
            )
            return
        with body:
            collected = await self._bridge.ask(application, environ_of(scope, body))
        await send(self._made_strict(collected, own_policy=is_desk(scope.path)), scope.method, proto)

    async def _answer_old_address(self, scope: Scope, proto: Answering) -> bool:
        """Ask Django about an address that is no file: a redirect, a "gone", or nothing (False: nothing was sent)."""
        if self._asked_old >= OLD_ADDRESSES_AT_ONCE:
            self._say_not_ready(scope, proto)
            return True
        self._asked_old += 1
        try:
            collected = await self._ask_old_address(scope)
        finally:
            self._asked_old -= 1
        if collected is None or collected.status not in OLD_ADDRESS_ANSWERS:
            return False
        await send(_without_cookies(self._made_strict(collected, own_policy=False)), scope.method, proto)
        return True

    async def _ask_old_address(self, scope: Scope) -> Collected | None:
        application = await self._django.application(OLD_ADDRESS_MAX_S)
        if application is None:
            return None
        try:
            return await self._bridge.ask(application, _anonymous(environ_of(scope, BytesIO())))
        except Exception as error:  # noqa: BLE001 - whatever fails there, here it is "not found"
            log.error("An unknown address could not be looked up: %s", type(error).__name__)
            return None

    def _made_strict(self, collected: Collected, *, own_policy: bool) -> Collected:
        """Django's headers win; those of ours that it left out are added."""
        has = {name for name, _ in collected.headers} | {"access-control-allow-origin"}
        if own_policy:
            has.add("content-security-policy")
        added = [pair for pair in self._tree.strict if pair[0] not in has]
        return replace(collected, headers=[*collected.headers, *added])

    def _say_not_ready(self, scope: Scope, proto: Answering) -> None:
        text = "Not ready yet. Pages are served; try this again in a moment."
        self._tree.say(503, text, scope.method, proto, [("retry-after", "5")])

    def _say_fault(self, scope: Scope, proto: Answering) -> None:
        try:
            self._tree.say(500, "This is our fault. Try again in a moment.", scope.method, proto)
        except RuntimeError:  # an answer had begun already
            return


def _anonymous(environ: Environ) -> Environ:
    """Without what could tell one reader from another: an old address is the same for all."""
    return {name: value for name, value in environ.items() if name not in _PRIVATE}


def _without_cookies(collected: Collected) -> Collected:
    return replace(collected, headers=[pair for pair in collected.headers if pair[0] != "set-cookie"])


def load_django() -> WsgiApplication:
    """Import and set up Django with the settings of DJANGO_SETTINGS_MODULE. Takes seconds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.one")
    from django.core.wsgi import get_wsgi_application  # here and nowhere above: see lazy_django.py

    return get_wsgi_application()


def newsroom_answer(public: Path, policy: str, gate: int | None, *, access_log: bool) -> Answer:
    """The whole web application over one tree. Call it on the loop that will run it."""
    django = LazyDjango(load_django, gate)
    asyncio.get_running_loop().call_later(UNASKED_LOADING_S, django.wake)
    newsroom = Newsroom(StaticTree(public, policy), django, WsgiBridge())
    return logged(newsroom, lambda line: print(line, flush=True)) if access_log else newsroom  # noqa: T201


def main(arguments: list[str]) -> None:
    """Serve one newsroom until told to end."""
    parser = argparse.ArgumentParser(prog="python -m dateline.config.rsgi")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--gate", type=int)
    parser.add_argument("--access-log", action="store_true")
    wanted = parser.parse_args(arguments)

    async def make() -> Answer:
        return newsroom_answer(wanted.data / "public", csp(), wanted.gate, access_log=wanted.access_log)

    serve(make, wanted.host, wanted.port)


if __name__ == "__main__":
    main(sys.argv[1:])
