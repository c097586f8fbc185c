"""`dateline demo`: the demonstration agency in an empty newsroom."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import click

from dateline.config.commands.options import data_option
from dateline.config.prepare import make_folder, prepare


@click.command(short_help="Fill an empty newsroom with the demonstration agency.")
@click.option("--if-empty", is_flag=True, help="Do nothing where the newsroom has stories.")
@data_option
def demo(if_empty: bool, data: Path) -> None:
    """Fill an empty newsroom with an invented agency: stories in four languages, locks, corrections, a kill.

    Example: dateline demo --data demo/
    """
    with resources.as_file(resources.files("dateline.demo") / "newsroom.toml") as template:
        make_folder(data, template)
    prepared = prepare(data, rooms="press")
    if if_empty and prepared.stories:
        return
    from dateline.demo.making import make_demo
    from dateline.press.working import settle

    counts = make_demo(datetime.now(UTC))
    settle()
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    click.echo(f"The demonstration agency is in {data}: {told}.")
