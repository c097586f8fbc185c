"""`dateline parse`: any supported file into story cards, without a database (docs/contracts/story-card.md)."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from dateline.config.commands.files import InputFile, open_inputs
from dateline.errors import DatelineError
from dateline.formats.body import clean_line
from dateline.formats.filed import FiledCard, to_json
from dateline.formats.readers.reading import FORMATS


@dataclass
class _Tally:
    """What one file gave, for the summary."""

    name: str
    format: str = ""
    cards: int = 0
    kinds: Counter[str] = field(default_factory=Counter[str])
    statuses: Counter[str] = field(default_factory=Counter[str])
    counts: Counter[str] = field(default_factory=Counter[str])
    refused: int = 0
    repaired: int = 0

    def add(self, card: FiledCard) -> None:
        self.cards += 1
        self.kinds[card.kind] += 1
        self.statuses[card.status] += 1
        self.repaired += bool(card.repairs)

    def told(self) -> str:
        """One line for the summary: kinds, statuses, what gives no card, refused and mended."""
        left = f"left: {_listed(self.counts)}" if self.counts else ""
        ends = [f"{self.refused} refused" if self.refused else "", f"{self.repaired} mended" if self.repaired else ""]
        return "; ".join(filter(None, [_listed(self.kinds), _listed(self.statuses), left, *ends]))


@click.command("parse", short_help="Read files into story cards; no database is needed.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--format", "form", default="auto", show_default=True, type=click.Choice(["auto", *FORMATS]))
@click.option("--json", "as_json", is_flag=True, help="Print each story card as one line of JSON.")
def parse(paths: tuple[str, ...], form: str, as_json: bool) -> None:
    """Read files, folders or standard input (-) and show the stories found in them.

    Reads pages saved as text, story cards (NDJSON, also .gz), WordPress exports (WXR), Ghost exports, RSS, RDF, Atom and CSV.
    Refused files are named on standard error and never stop the others.

    Exit status: 0 when every file gave a story, 1 when some did not, 2 for wrong use.

    \b
    Example:
      dateline parse export.xml feeds/ --json > cards.ndjson
    """  # noqa: D301 - \b is click's mark for lines kept apart
    tallies: list[_Tally] = []
    refused: list[DatelineError] = []
    with _progress() as step:
        for source in open_inputs(paths, format=form, refused=refused.append):
            step(source.name)
            tallies.append(_parse_one(source, refused, as_json))
    if not as_json:
        _show(tallies)
    if not tallies:
        click.echo(f"{clean_line(' '.join(paths))}: no file was found there: nothing was read", err=True)
    sys.exit(0 if tallies and all(tally.cards for tally in tallies) else 1)


def _parse_one(source: InputFile, refused: list[DatelineError], as_json: bool) -> _Tally:
    tally = _Tally(source.name)
    for card in source.cards(tally.counts.update):
        tally.refused += _told(refused)
        tally.add(card)
        if as_json:
            _print_card(card)
    tally.refused += _told(refused)
    tally.format = source.format
    if not tally.cards and not tally.refused:
        counted = _listed(tally.counts) or "it is empty"
        click.echo(f"{clean_line(source.name)}: no story in it: counted and left for later: {counted}", err=True)
    return tally


def _told(refused: list[DatelineError]) -> int:
    """Name what was refused since, on standard error; how many."""
    count = len(refused)
    for refusal in refused:
        click.echo(clean_line(refusal.one_line()), err=True)
    refused.clear()
    return count


def _print_card(card: FiledCard) -> None:
    # Bytes, so that the output is UTF-8 whatever the locale says.
    line = json.dumps(to_json(card), ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(line.encode() + b"\n")


class _Steps:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None)

    def __call__(self, name: str) -> None:
        self._progress.update(self._task, description=clean_line(name)[-60:], advance=1)


@contextmanager
def _progress() -> Iterator[_Steps]:
    """Which file is being read, on standard error and only on a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield _Steps(progress)


def _show(tallies: list[_Tally]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("File", overflow="fold", ratio=3)
    table.add_column("Format")
    table.add_column("Cards", justify="right")
    table.add_column("What they are, and what was left for later", overflow="fold", ratio=4)
    for tally in tallies:
        row = (clean_line(tally.name), tally.format or "–", str(tally.cards), tally.told())
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def _listed(counter: Counter[str]) -> str:
    return ", ".join(f"{times} {name}" for name, times in counter.items())
