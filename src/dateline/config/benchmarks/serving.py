"""The built-in server against nginx over the same tree, in one run on one machine.

Budget (DESIGN 11): story page at least half of nginx with `gzip_static`. The opponents are nginx as bare as it goes
(one worker, sendfile, gzip_static, no header of ours), and nginx as `dateline serve-config` prints it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from dateline.config.benchmarks.load import CONNECTIONS, Load
from dateline.config.benchmarks.processes import HOST, free_port, started, wait_listening
from dateline.config.running.prefixes import DYNAMIC
from dateline.errors import NewsroomError
from dateline.press.serving.nginx import nginx_configuration
from dateline.press.serving.site_wanted import SiteWanted
from dateline.site.style import csp

ROUNDS = 5
SECONDS = 4
PAGES = 2000
BUDGET = 0.5

_NGINX = """daemon off; {user} worker_processes {workers}; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {server}
}}
"""
_BARE = 'types {{ text/html html; }} server {{ listen {listen}; root "{public}"; gzip_static on; }}'


def bench_serving(
    public: Path, *, rounds: int = ROUNDS, seconds: int = SECONDS, pages: int = PAGES, nginx_workers: int = 1
) -> dict[str, Any]:
    """Measure all servers in turn, `rounds` times, `seconds` each.

    Args:
        public: the tree.
        rounds: an odd number; the median counts.
        seconds: of load on each server in each round.
        pages: so many different addresses at most, evenly chosen from the tree.
        nginx_workers: worker processes of nginx; ours is always one process.

    Returns:
        {"client", "connections", "pages", "rounds", "seconds", "nginx_workers", "requests_per_s": {server: median},
        "all": {server: [each round]}, "ratio": built-in / bare nginx, "ratio_as_printed", "budget", "within_budget"};
        without nginx the ratios are None.

    Raises:
        NewsroomError: the tree has no page, or a server does not start.
    """
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder, ExitStack() as stack:
        load = Load(_addresses(public, pages), seconds, Path(folder) / "pages.lua")
        ports = _start_all(stack, public.resolve(), Path(folder), nginx_workers)
        rates: dict[str, list[float]] = {name: [] for name in ports}
        for _ in range(rounds):
            for name, port in ports.items():
                rates[name].append(load.rate(port))
    settings = {"rounds": rounds, "seconds": seconds, "nginx_workers": nginx_workers, "connections": CONNECTIONS}
    return {"client": load.client, "pages": len(load.paths), **settings, **_compared(rates)}


def _compared(rates: dict[str, list[float]]) -> dict[str, Any]:
    middle = {name: round(statistics.median(each)) for name, each in rates.items()}
    bare, printed = middle.get("nginx"), middle.get("nginx as printed")
    ratio = round(middle["built-in"] / bare, 2) if bare else None
    return {
        "requests_per_s": middle,
        "all": {name: [round(rate) for rate in each] for name, each in rates.items()},
        "ratio": ratio,
        "ratio_as_printed": round(middle["built-in"] / printed, 2) if printed else None,
        "budget": BUDGET,
        "within_budget": ratio is not None and ratio >= BUDGET,
    }


def _addresses(public: Path, most: int) -> tuple[str, ...]:
    """Addresses of story pages (those deepest in the tree), evenly chosen."""
    found = sorted(path.parent.relative_to(public).as_posix() for path in public.rglob("index.html"))
    deepest = max((name.count("/") for name in found), default=0)
    stories = [name for name in found if name.count("/") == deepest and name != "."]
    if not stories:
        raise NewsroomError(
            f"There is no page to ask for in {public}.", "Nothing was measured.", "Press the newsroom first."
        )
    step = max(1, len(stories) // most)
    return tuple(f"/{name}/" for name in stories[::step][:most])


def _start_all(stack: ExitStack, public: Path, folder: Path, workers: int) -> dict[str, int]:
    ports = {"built-in": stack.enter_context(_built_in(public, folder))}
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if nginx:
        bare, printed = free_port(), free_port()
        bare_server = _BARE.format(listen=f"{HOST}:{bare}", public=public)
        site = SiteWanted(str(public), "_", f"http://{HOST}:{ports['built-in']}", DYNAMIC, csp(), f"{HOST}:{printed}")
        ports["nginx"] = stack.enter_context(_nginx(nginx, folder / "bare", bare, bare_server, workers))
        server = nginx_configuration(site)
        ports["nginx as printed"] = stack.enter_context(_nginx(nginx, folder / "printed", printed, server, workers))
    return ports


@contextmanager
def _built_in(public: Path, folder: Path) -> Iterator[int]:
    """Our web process as `dateline run` starts it, its gate to Django left shut: nobody asks for anything dynamic."""
    (folder / "public").symlink_to(public)
    port, (gate, opener) = free_port(), os.pipe()
    command = [sys.executable, "-m", "dateline.config.rsgi", "--data", str(folder), "--port", str(port)]
    try:
        with started([*command, "--gate", str(gate)], {"DATELINE_DATA": str(folder)}, (gate,)) as process:
            wait_listening(process, port, "the built-in server")
            yield port
    finally:
        os.close(gate)
        os.close(opener)


@contextmanager
def _nginx(program: str, folder: Path, port: int, server: str, workers: int) -> Iterator[int]:
    folder.mkdir()
    configuration = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # else it may not enter a private folder
    configuration.write_text(_NGINX.format(user=user, workers=workers, folder=folder, server=server), encoding="utf-8")
    with started([program, "-c", str(configuration), "-p", str(folder), "-e", str(folder / "early.log")]) as process:
        wait_listening(process, port, "nginx")
        yield port
