"""Benchmarks of a newsroom of a given size: filing, pressing everything, and an act until readers see it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dateline.config.benchmarks.archive import cards
from dateline.config.benchmarks.tables import Figures, percentile

SIZES: Final = (1_000, 20_000, 200_000)
ACTS: Final = 60
"""Acts timed at each size, after ten that warm up."""

Told = Callable[[str], None]


def newsroom_figures(data: Path, size: int, told: Told) -> dict[str, float]:
    """Make an archive of `size` stories in `data`, press it, and publish on top of it.

    Returns:
        stories/s filed and pressed, outputs, and the milliseconds from an act to its being seen (p50, p99).
    """
    from dateline.config.prepare import make_folder, prepare

    make_folder(data)
    prepare(data, rooms="press")
    filed = _file(size, told)
    pressed, outputs = _press(size, told)
    waits = _visible(data, size, told)
    return {
        "size": size,
        "filed": filed,
        "pressed": pressed,
        "outputs": outputs,
        "p50": percentile(waits, 50),
        "p99": percentile(waits, 99),
    }


def newsroom_table(rows: list[dict[str, float]]) -> Figures:
    columns = ("stories", "filed /s", "pressed /s", "outputs", "publish to visible p50", "p99")
    shown = tuple(_row(figures) for figures in rows)
    return Figures(
        "Filing, pressing, publishing",
        "dateline bench newsroom",
        columns,
        shown,
        "2,000 stories/s filed, 1,000/s pressed; p50 ≤ 100 ms, p99 ≤ 300 ms, the same within 20 % at every size",
        ("Visible: story, front, section and every feed of a story in two sections show it.",),
    )


def _row(figures: dict[str, float]) -> tuple[str, ...]:
    counts = [f"{figures[key]:,.0f}" for key in ("size", "filed", "pressed", "outputs")]
    return (*counts, f"{figures['p50']:.0f} ms", f"{figures['p99']:.0f} ms")


def _file(size: int, told: Told) -> float:
    from dateline.story.actions.filing import Wishes, file_cards

    spent = 0.0
    for start in range(0, size, 2000):
        some = list(cards(start, min(size, start + 2000)))
        begun = time.perf_counter()
        file_cards(some, by="bench", now=datetime.now(UTC), wishes=Wishes(publish=True))
        spent += time.perf_counter() - begun
        told(f"{start + len(some):,} of {size:,} filed")
    return size / spent


def _press(size: int, told: Told) -> tuple[float, int]:
    from dateline.press.everything import press_everything
    from dateline.press.working import only_press, public

    told(f"pressing {size:,}")
    begun = time.perf_counter()
    with only_press():
        pressed = press_everything(public())
    return size / (time.perf_counter() - begun), pressed.placed


def _visible(data: Path, size: int, told: Told) -> list[float]:
    worker = subprocess.Popen(
        [sys.executable, "-m", "dateline.press.worker"], env={**os.environ, "DATELINE_DATA": str(data)}
    )
    try:
        waits = [_one_act(size + number) for number in range(ACTS + 10)]
    finally:
        worker.terminate()
        worker.wait(30)
    told(f"{ACTS} acts seen at {size:,}")
    return waits[10:]


def _one_act(number: int) -> float:
    """Milliseconds from filing a story until the last of its lists shows it."""
    from dataclasses import replace

    from dateline.config.benchmarks.archive import card
    from dateline.press.working import public
    from dateline.story.actions.filing import Wishes, file_cards
    from dateline.story.models import Story

    now = datetime.now(UTC)
    made = replace(card(number), published=now, sections=("politics", "economy"), locked=False)
    begun = time.perf_counter()
    file_cards([made], by="bench", now=now, wishes=Wishes(publish=True))
    story = Story.objects.get(filed_id=made.id)
    root, language, uid = public(), story.language, str(story.uid)
    lists = [language, *(f"{language}/{section}" for section in made.sections)]
    slug = str(story.address).rstrip("/").rsplit("/", 1)[-1]
    wanted = [(root / str(story.address) / "index.html", slug)]
    wanted += [(root / place / "index.html", slug) for place in lists]
    wanted += [(root / place / feed, uid) for place in lists for feed in ("feed.xml", "atom.xml", "feed.json")]
    _wait_for(wanted)
    return (time.perf_counter() - begun) * 1000


def _wait_for(wanted: list[tuple[Path, str]]) -> None:
    deadline = time.monotonic() + 120
    while wanted and time.monotonic() < deadline:
        path, words = wanted[0]
        if path.exists() and words in path.read_text("utf-8"):
            wanted = wanted[1:]
        else:
            time.sleep(0.001)
    if wanted:
        raise TimeoutError(f"{wanted[0][0].name} did not show the story")
