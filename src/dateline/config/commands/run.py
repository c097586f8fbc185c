"""`dateline run`: everything a newsroom needs, in one command."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dateline.config.running.newsroom_run import RunWanted, run_newsroom


@click.command("run")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("newsroom"),
    show_default=True,
    help="The newsroom's folder; made on the first run.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Its port.")
@click.option(
    "--access-log/--no-access-log",
    default=False,
    show_default=True,
    help="Print each request: time, method, path, status, bytes, duration; never an address.",
)
def run(data: Path, host: str, port: int, access_log: bool) -> None:
    """Run a newsroom: readers' site, desk and press, until Ctrl-C.

    Example: dateline run --data newsroom/ --port 8000
    """
    sys.exit(run_newsroom(RunWanted(data, host, port, access_log), lambda line: click.echo(line)))
