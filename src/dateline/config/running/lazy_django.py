"""Django, loaded beside the serving: readers get pages at once, and whoever needs Django waits for it.

Promises:
- loading starts once: after the first page went out, or when a request needs it;
- it never starts before the newsroom is prepared (the gate), because the settings read the keys made there;
- a failed loading is told once on the error stream; readers' pages go on being served.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable

from dateline.config.running.wsgi_bridge import WsgiApplication

log = logging.getLogger("dateline.run")


class LazyDjango:
    """Holds the WSGI application once it is there. Made and used on the server's loop.

    Args:
        load: imports and makes the application; runs in a thread of its own.
        gate: a file descriptor that ends when Django may be loaded; None where it may be at once.
    """

    def __init__(self, load: Callable[[], WsgiApplication], gate: int | None = None) -> None:
        self._load = load
        self._gate = gate
        self._thread: threading.Thread | None = None
        self._settled = asyncio.Event()
        self._application: WsgiApplication | None = None

    def wake(self) -> None:
        """Begin loading, unless it was begun."""
        if self._thread is None:
            loop = asyncio.get_running_loop()
            self._thread = threading.Thread(target=self._load_once, args=(loop,), name="load-django", daemon=True)
            self._thread.start()

    async def application(self, wait_s: float) -> WsgiApplication | None:
        """The application; None when it could not be loaded or is not there in time."""
        self.wake()
        try:
            await asyncio.wait_for(self._settled.wait(), wait_s)
        except TimeoutError:
            return None
        return self._application

    def _load_once(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            self._pass_gate()
            self._application = self._load()
        except BaseException:
            log.exception("Django could not be loaded. Readers' pages are still served; the desk is not.")
        loop.call_soon_threadsafe(self._settled.set)

    def _pass_gate(self) -> None:
        if self._gate is not None:
            os.read(self._gate, 1)  # returns when the other end is closed
            os.close(self._gate)
