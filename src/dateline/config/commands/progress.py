"""A count that moves while long work goes on: on a terminal, on standard error, and nowhere else."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class Counter:
    """`with Counter("stories", total) as counter: counter.add(500)`."""

    def __init__(self, what: str, total: int | None = None) -> None:
        console = Console(stderr=True)
        columns = (SpinnerColumn(), MofNCompleteColumn(), TextColumn(what), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task(what, total=total)

    def __enter__(self) -> Counter:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def add(self, count: int) -> None:
        self._progress.advance(self._task, count)
