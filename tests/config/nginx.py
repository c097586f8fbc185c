"""nginx with our configuration, on a loopback port, for as long as a test needs it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.config.driving import answers, free_port, stop, until

PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
ABSENT = "nginx is not installed: our configuration was not run through it"

MAIN = """daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def write(folder: Path, site: str) -> list[str]:
    """Write the files; gives the command that runs nginx on them."""
    assert PROGRAM is not None
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""))
    return [PROGRAM, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "early.log")]


@contextlib.contextmanager
def nginx(folder: Path, configure) -> Iterator[int]:
    """Run it; `configure(address)` gives the site's configuration for where it is to listen."""
    port = free_port()
    process = subprocess.Popen(write(folder, configure(f"127.0.0.1:{port}")))
    try:
        until(lambda: answers(port) or process.poll() is not None, "nginx listens")
        yield port
    finally:
        stop(process)
