"""Options that newsroom commands share, and who acts when a command does."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from dateline.config.prepare import use
from dateline.errors import NewsroomError

Command = TypeVar("Command", bound=Callable[..., Any])


def data_option(command: Command) -> Command:
    """`--data DIR`, the newsroom's folder."""
    kind = click.Path(path_type=Path, file_okay=False)
    told = "The newsroom's folder."
    return click.option("--data", type=kind, default=Path("newsroom"), show_default=True, help=told)(command)


def json_option(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")(command)


def open_newsroom(data: Path, *, rooms: str = "press") -> None:
    """Use a newsroom that is there.

    Raises:
        NewsroomError: the folder is no newsroom.
    """
    if not (data / "newsroom.toml").exists():
        raise NewsroomError(
            f"There is no newsroom in {data}.",
            "Nothing was changed.",
            f"Make one with `dateline run --data {data}` or `dateline demo --data {data}`, or name another folder.",
        )
    use(data, rooms=rooms)


def who() -> str:
    """Who acts from a command line: the account of this machine."""
    try:
        return f"{getpass.getuser()} (command line)"
    except (KeyError, OSError):
        return "command line"


def say_json(said: object) -> None:
    click.echo(json.dumps(said, ensure_ascii=False, indent=1))
