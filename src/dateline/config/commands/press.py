"""`dateline press`: finish, redo, or compare."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dateline.config.commands.options import data_option, json_option, open_newsroom, say_json
from dateline.config.commands.progress import Counter

SHOWN = 20
"""Wrong outputs that are named; the rest are counted."""


@click.command(short_help="Finish, redo or compare public/ with the register.")
@click.option("--all", "everything", is_flag=True, help="Press every output again.")
@click.option(
    "--check", "check_only", is_flag=True, help="Change nothing: compare each file with what should stand there."
)
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="Press everything into another folder.")
@click.option("--processes", type=click.IntRange(0, 64), default=0, help="How many at once; 0 is one a core.")
@data_option
@json_option
def press(everything: bool, check_only: bool, into: Path | None, processes: int, data: Path, as_json: bool) -> None:
    """Bring public/ up to the register. Pressing what changed and pressing everything give the same bytes.

    Example: dateline press --check
    """
    if check_only and into:
        raise click.UsageError("--check compares; --into presses. Ask for one.")
    open_newsroom(data)
    if check_only:
        _check(processes, as_json)
    else:
        _press(everything, into, processes, as_json)


def _press(everything: bool, into: Path | None, processes: int, as_json: bool) -> None:
    from dateline.press.everything import press_everything
    from dateline.press.pressing import progress
    from dateline.press.working import only_press, press_now, public

    if not everything and not into:
        pressed = press_now()
        reached = progress().seq
    else:
        with Counter("outputs") as counter, only_press():
            root = into or public()
            pressed = press_everything(root, record=into is None, processes=processes, told=counter.add)
        reached = pressed.acts
    if as_json:
        say_json({"acts": reached, "placed": pressed.placed, "removed": pressed.removed, "same": pressed.same})
        return
    click.echo(f"Pressed to act {reached}: {pressed.placed:,} outputs placed, {pressed.removed:,} removed.")


def _check(processes: int, as_json: bool) -> None:
    from dateline.press.everything import check
    from dateline.press.working import only_press, public

    with Counter("outputs") as counter, only_press():
        found = check(public(), processes=processes, told=counter.add)
    if as_json:
        wrong = {"different": found.different, "missing": found.missing, "extra": found.extra}
        say_json({"equal": found.is_equal, "outputs": found.outputs, "behind": found.behind, **wrong})
    else:
        click.echo(f"{found.outputs:,} outputs compared; the press is {found.behind} acts behind the register.")
        for told, paths in (("different", found.different), ("missing", found.missing), ("extra", found.extra)):
            for path in paths[:SHOWN]:
                click.echo(f"  {told}: {path}")
            if len(paths) > SHOWN:
                click.echo(f"  {told}: {len(paths) - SHOWN:,} more")
        click.echo("Equal." if found.is_equal else "Not equal. `dateline press --all` puts it right.")
    sys.exit(0 if found.is_equal else 1)
