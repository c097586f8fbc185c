"""Pressing everything, and comparing everything: all outputs of all surfaces, on every core.

The work is cut into runs of paths; each is rendered from the record alone, so the order and the number of processes
change no byte.
"""

from __future__ import annotations

import ctypes
import itertools
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from django.conf import settings
from django.db import connections, router, transaction

from dateline.press.models import Output, Progress
from dateline.press.placing import Tree, names_of
from dateline.press.pressing import Pressed, digest, progress, recipe, rendered
from dateline.press.surfaces import surface, surfaces
from dateline.story import register

_PR_SET_PDEATHSIG: Final = 1  # prctl(2), Linux

RUN: Final = 200
"""Outputs rendered between two words to the parent process."""

Work = tuple[str, list[str]]
Row = tuple[str, str, str, int]
T = TypeVar("T")


@dataclass(slots=True)
class Compared:
    """What `check` found: outputs compared, and the paths that are wrong, by what is wrong with them."""

    outputs: int = 0
    different: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    behind: int = 0

    @property
    def is_equal(self) -> bool:
        return not (self.different or self.missing or self.extra or self.behind)


def all_work() -> Iterator[Work]:
    """Every output there is, in runs, in the order of placing."""
    for one in surfaces():
        paths = iter(one.every())
        while run := list(itertools.islice(paths, RUN)):
            yield one.name, run


def press_everything(
    root: Path, *, record: bool = True, processes: int = 0, told: Callable[[int], None] = lambda _: None
) -> Pressed:
    """Press every output into `root`, and take away what no longer is one.

    Args:
        root: the tree to press into.
        record: whether `root` is the newsroom's own tree, whose outputs press.db knows.
        processes: 0 for one a core; 1 where the database is in memory and cannot be shared.
        told: called with the number of outputs of each run, for progress.
    """
    seq, made_by = register.last_seq(), recipe()
    if record:
        _distrust_all()
    with Tree(root) as tree:
        rows: list[Row] = []
        for run in _spread(_PressRun(root), all_work(), processes):
            rows += run
            told(len(run))
        gone = _remove_extra(tree, {name for row in rows for name in names_of(row[0])})
    if record:
        _record_all(rows, seq, made_by)
    return Pressed(seq, len(rows), gone)


def check(root: Path, *, processes: int = 0, told: Callable[[int], None] = lambda _: None) -> Compared:
    """Compare `root` with what the register says should stand there, file by file, compressed forms included."""
    found = Compared(behind=max(register.last_seq() - progress().seq, 0))
    expected: set[str] = set()
    for run in _spread(_CheckRun(root), all_work(), processes):
        for path, verdict in run:
            found.outputs += 1
            expected.update(names_of(path))
            if verdict == "missing":
                found.missing.append(path)
            elif verdict == "different":
                found.different.append(path)
        told(len(run))
    found.extra = sorted(set(Tree(root).files()) - expected)
    return found


class _PressRun:
    """Renders a run of paths and puts them in place; answers the rows for press.db."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, work: Work) -> list[Row]:
        name, paths = work
        rows: list[Row] = []
        with Tree(self.root) as tree:
            for path, content in rendered(surface(name), paths, []):
                if content is not None:
                    tree.put(path, content)
                    rows.append((path, name, digest(content), len(content)))
        return rows


class _CheckRun:
    """Renders a run of paths and compares; answers (path, "same" | "missing" | "different")."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, work: Work) -> list[tuple[str, str]]:
        tree, verdicts = Tree(self.root), []
        for path, content in rendered(surface(work[0]), work[1], []):
            if content is None:
                continue
            if tree.read(path) is None:
                verdicts.append((path, "missing"))
            else:
                verdicts.append((path, "same" if tree.is_whole(path, content) else "different"))
        return verdicts


def _spread(job: Callable[[Work], T], work: Iterable[Work], processes: int) -> Iterator[T]:
    """Do the job for each piece of work, in processes of their own, answers in order."""
    count = processes or settings.DATELINE_PROCESSES or os.cpu_count() or 1
    if count == 1:
        yield from map(job, work)
        return
    connections.close_all()  # a connection must not be shared with a forked process
    with multiprocessing.get_context("fork").Pool(count, initializer=_die_with_parent) as pool:
        yield from pool.imap(job, work)


def _die_with_parent() -> None:
    """A process of the pool ends with its parent, however that ended, so that it cannot hold the press's lock."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _remove_extra(tree: Tree, expected: set[str]) -> int:
    extra = [name for name in tree.files() if name not in expected]
    for name in extra:
        tree.remove(name)
    return len(extra)


def _distrust_all() -> None:
    """From now until the end nothing in press.db says what stands in the tree."""
    progress()
    with transaction.atomic(using=router.db_for_write(Output)):
        Output.objects.update(digest="")
        Progress.objects.update(recipe="")


def _record_all(rows: list[Row], seq: int, made_by: str) -> None:
    with transaction.atomic(using=router.db_for_write(Output)):
        Output.objects.all().delete()
        made = (Output(path=path, surface=name, digest=digest_, size=size) for path, name, digest_, size in rows)
        while some := list(itertools.islice(made, 2000)):
            Output.objects.bulk_create(some)
        Progress.objects.update(seq=seq, recipe=made_by)
