"""Is the port free, and does somebody answer on it?"""

from __future__ import annotations

import errno
import socket

from dateline.errors import NewsroomError

_KNOCK_S = 0.2


def refuse_taken_port(host: str, port: int) -> None:
    """Make sure that this run may listen there.

    Asked for here, because granian listens with SO_REUSEPORT: two servers would share the port and its readers.

    Raises:
        NewsroomError: the port is taken, needs rights we lack, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            trial.listen(1)
        except (OSError, OverflowError) as error:
            raise _refusal(host, port, error) from error


def _refusal(host: str, port: int, error: OSError | OverflowError) -> NewsroomError:
    kept = "Nothing was started or changed."
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        return NewsroomError(
            f"Port {port} of {host} is taken by another program.",
            kept,
            f"Choose another with --port, for instance: dateline run --port {other}",
        )
    if number == errno.EACCES:
        return NewsroomError(
            f"Port {port} of {host} may not be used by this account.",
            kept,
            "Choose a port above 1023 with --port, and put nginx or Caddy before it (dateline serve-config).",
        )
    return NewsroomError(
        f"Nothing can listen at {host}, port {port}: {error}.", kept, "Choose an address of this machine with --host."
    )


def is_listening(host: str, port: int) -> bool:
    """Somebody takes connections there."""
    try:
        with socket.create_connection((host, port), timeout=_KNOCK_S):
            return True
    except OSError:
        return False


def address_of(host: str, port: int) -> str:
    """The address to type into a browser: "http://127.0.0.1:8000/"; a host that means "all" is shown as this one."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not listened on
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
