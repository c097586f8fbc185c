"""`dateline`: every command of the house. A command is loaded when it is asked for, so `--help` is quick."""

from __future__ import annotations

import importlib
import sys
from typing import Final

import click

from dateline.errors import DatelineError

COMMANDS: Final[dict[str, tuple[str, str, str]]] = {
    # name: (module below dateline.config.commands, attribute, one line of help)
    "run": ("run", "run", "Everything on the embedded default: site, desk and press in one command."),
    "demo": ("demo", "demo", "Fill an empty newsroom with the demonstration agency."),
    "import": ("filing", "import_", "Take stories in from files of other systems."),
    "parse": ("parse", "parse", "Read any supported file into story cards, without a newsroom."),
    "publish": ("acts", "publish", "Publish a story that is kept in."),
    "update": ("acts", "update", "Put a later take out."),
    "correct": ("acts", "correct", "Correct a published story, with a note to its readers."),
    "kill": ("acts", "kill", "Withdraw a story everywhere, for good."),
    "takedown": ("acts", "takedown", "Take a story off our own surfaces."),
    "lift": ("acts", "lift", "Lift an embargo before its hour."),
    "press": ("press", "press", "Finish, redo or compare public/ with the register."),
    "health": ("health", "health", "Say whether the register, its chain and public/ hold."),
    "serve-config": ("serve_config", "serve_config", "Print an nginx or Caddy configuration for public/."),
    "bench": ("bench", "bench", "Our benchmarks, each a table and a JSON file."),
}


class House(click.Group):
    """Commands by name, loaded late; refusals told in three parts."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        known = COMMANDS.get(cmd_name)
        if known is None:
            return None
        found = getattr(importlib.import_module(f"dateline.config.commands.{known[0]}"), known[1])
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, _, told) in COMMANDS.items()])


@click.group(cls=House, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="dateline")
def dateline() -> None:
    """Dateline, a news agency in one command.

    Example: dateline run --data newsroom/
    """


def main() -> None:
    """The console script: exit 0 done, 1 refused with reasons, 2 wrong use."""
    try:
        dateline(prog_name="dateline")
    except DatelineError as refusal:
        tell(refusal)
        sys.exit(1)


def tell(refusal: DatelineError) -> None:
    """A refusal on standard error: what happened, what was kept, what to do next."""
    subject = f"{refusal.subject}: " if refusal.subject else ""
    click.echo(f"{subject}{refusal.happened}\n{refusal.kept}\n{refusal.next_step}", err=True)
