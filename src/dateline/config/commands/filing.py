"""`dateline import`: archives and feeds of other systems, taken into the record."""

from __future__ import annotations

import atexit
import itertools
import json
import shutil
import sys
import tempfile
from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.config.cli import tell
from dateline.config.commands.files import open_inputs
from dateline.config.commands.options import data_option, json_option, who
from dateline.config.commands.progress import Counter
from dateline.config.prepare import prepare
from dateline.errors import DatelineError
from dateline.formats.filed import FiledCard
from dateline.formats.readers.reading import FORMATS

if TYPE_CHECKING:
    from dateline.story.actions.filing import Filed, Wishes

AT_ONCE = 500
"""Cards filed together, in one transaction; an import that is cut off goes on there when it is run again."""

NAMED = 20
"""Skipped stories named on the screen; --report names all."""

LOCKS = {"as-given": None, "free": False, "locked": True}


@click.command("import", short_help="Take stories in from files of other systems.")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(["auto", *FORMATS]), default="auto", show_default=True)
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@click.option("--publish", is_flag=True, help="Let out what may go out, each at its own hour.")
@click.option(
    "--lock", type=click.Choice(list(LOCKS)), default="as-given", show_default=True,
    help="For stories of which the input does not say whether they are locked. Unknown is locked.",
)  # fmt: skip
@click.option("--language", default="", metavar="TAG", help="File everything under this language.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write what became of each card, as JSON lines."
)
@data_option
@json_option
def import_(
    paths: tuple[Path, ...], format_: str, dry_run: bool, publish: bool, lock: str, language: str,
    report: Path | None, data: Path, as_json: bool,
) -> None:  # fmt: skip
    """Take stories in: pages saved as text, NDJSON cards, WordPress (WXR), Ghost, RSS and Atom, CSV. Folders are read whole.

    Running it again changes nothing; a run that was cut off goes on where it stopped.

    Example: dateline import export.xml --publish --report import.jsonl
    """
    if dry_run and not (data / "newsroom.toml").exists():
        data = Path(tempfile.mkdtemp(prefix="dateline-dry-run-"))  # a dry run makes no newsroom where there is none
        atexit.register(shutil.rmtree, data, ignore_errors=True)
    prepare(data, rooms="press")
    from dateline.story.actions.filing import Wishes

    wishes = Wishes(publish=publish, language=language, locked=LOCKS[lock])
    with Counter("stories") as counter, _Report(report) as told:
        for file, cards in _readings(paths, format_, told):
            for some in _some(cards):
                told.add(file, _file(some, wishes, dry_run=dry_run))
                counter.add(len(some))
    if publish and not dry_run:
        from dateline.press.working import settle

        settle()
    told.say(dry_run=dry_run, as_json=as_json)
    sys.exit(1 if told.refused else 0)


def _file(cards: list[FiledCard], wishes: Wishes, *, dry_run: bool) -> list[Filed]:
    from dateline.story.actions.filing import file_cards, preview

    now = datetime.now(UTC)
    return preview(cards, now=now, wishes=wishes) if dry_run else file_cards(cards, by=who(), now=now, wishes=wishes)


def _readings(paths: Iterable[Path], format_: str, told: _Report) -> Iterator[tuple[str, Iterator[FiledCard]]]:
    """Each file with its cards; a refused file or card is told and stops no other."""
    from dateline.story.newsroom import newsroom

    room = newsroom()
    known = [label for section in room.sections for label in section.labels.values()]
    for file in open_inputs(paths, format=format_, zone=room.timezone, known_sections=known, refused=told.refuse):
        yield file.name, file.cards(told.count)


def _some(cards: Iterator[FiledCard]) -> Iterator[list[FiledCard]]:
    while some := list(itertools.islice(cards, AT_ONCE)):
        yield some


class _Report:
    """Counts of what became of cards, and the lines of --report."""

    def __init__(self, path: Path | None) -> None:
        self._file = path.open("w", encoding="utf-8") if path else None
        self.outcomes: Tally[str] = Tally()
        self.left: Tally[str] = Tally()
        self.skipped: list[dict[str, Any]] = []
        self.refused: list[DatelineError] = []
        self.unknown_locks = 0

    def __enter__(self) -> _Report:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def _line(self, said: dict[str, Any]) -> None:
        if self._file:
            self._file.write(json.dumps(said, ensure_ascii=False) + "\n")

    def add(self, file: str, filed: list[Filed]) -> None:
        for one in filed:
            self.outcomes[one.outcome.value] += 1
            self.unknown_locks += one.locked_unknown
            said = {"file": file, "id": one.id, "outcome": one.outcome.value}
            if one.reason:
                said["reason"] = one.reason
                self.skipped.append(said)
            self._line(said)

    def refuse(self, refusal: DatelineError) -> None:
        self.refused.append(refusal)
        self._line({"outcome": "refused", **refusal.as_dict()})
        tell(refusal)

    def count(self, counts: dict[str, int]) -> None:
        self.left.update(counts)

    def say(self, *, dry_run: bool, as_json: bool) -> None:
        cards = sum(self.outcomes.values())
        if as_json:
            said: dict[str, Any] = {
                "cards": cards,
                **{key: self.outcomes[key] for key in ("made", "changed", "same", "skipped")},
            }
            refused = [refusal.as_dict() for refusal in self.refused]
            said |= {"left": dict(self.left), "skips": self.skipped, "refused": refused, "dry_run": dry_run}
            click.echo(json.dumps(said, ensure_ascii=False))
            return
        lines = [f"{self.outcomes[key]:,} {key}" for key in ("made", "changed", "same", "skipped")]
        click.echo(
            f"{cards:,} stories in the input: {', '.join(lines)}." + (" Nothing was written." if dry_run else "")
        )
        for one in self.skipped[:NAMED]:
            click.echo(f"  skipped: {one['id']}: {one['reason']}")
        if len(self.skipped) > NAMED:
            click.echo(f"  {len(self.skipped) - NAMED:,} more; --report names each.")
        for what, count in sorted(self.left.items()):
            click.echo(f"  {count:,} {what} in the input are no stories and were left.")
        if self.unknown_locks:
            click.echo(
                f"  {self.unknown_locks:,} do not say whether they are locked and were kept locked; --lock free opens them."
            )
        if self.refused:
            click.echo(f"  {len(self.refused):,} refused, named above.")
