"""`dateline health`: whether the record holds together."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dateline.config.commands.options import data_option, json_option, open_newsroom, say_json


@click.command(short_help="Say whether the register, its chain and public/ hold.")
@data_option
@json_option
def health(data: Path, as_json: bool) -> None:
    """Check the register's chain, the tallies, and how far the press has come. `press --check` compares every file.

    Example: dateline health --data newsroom/
    """
    open_newsroom(data)
    from dateline.press.models import Output
    from dateline.press.pressing import progress
    from dateline.story import register
    from dateline.story.reads import wrong_tallies

    broken, tallies, last = register.broken_at(), wrong_tallies(), register.last_seq()
    behind, distrusted = last - progress().seq, Output.objects.filter(digest="").count()
    said = {
        "acts": last,
        "chain_broken_at": broken,
        "wrong_tallies": tallies,
        "behind": behind,
        "unfinished": distrusted,
    }
    if as_json:
        say_json(said)
    else:
        chain = "holds" if broken is None else f"is broken at act {broken}: a row was changed by hand"
        click.echo(f"Register: {last:,} acts; its chain {chain}.")
        click.echo(f"Tallies of days: {'right' if not tallies else f'{tallies} wrong'}.")
        click.echo(f"Press: {behind} acts behind, {distrusted} outputs unfinished.")
    sys.exit(1 if broken is not None or tallies or behind or distrusted else 0)
