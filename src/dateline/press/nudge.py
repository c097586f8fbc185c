"""A nudge from whoever acts to the worker that presses: a datagram without content on a socket in the newsroom.

It may be lost; the worker also looks by itself. Nothing is ever delivered by it.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

from django.conf import settings


def socket_path() -> Path:
    return Path(settings.DATELINE_DATA) / "press.sock"


def nudge() -> bool:
    """Wake the worker; whether there is one."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        try:
            sender.sendto(b"", _short(socket_path()))
        except BlockingIOError:
            return True  # it has nudges enough to wake by
        except OSError:
            return False
    return True


def listening() -> socket.socket:
    """The worker's end; removes one that a killed worker left."""
    path = socket_path()
    path.unlink(missing_ok=True)
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver.bind(_short(path))
    return receiver


def _short(path: Path) -> str:
    """Socket addresses hold about 100 bytes, so a long folder is named from here."""
    return min(str(path), os.path.relpath(path), key=len)
