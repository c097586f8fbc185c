"""`dateline bench`: our benchmarks. They time; no test does."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from dateline.config.benchmarks.tables import Figures, write

NAMES = ("newsroom", "serving", "idle", "all")


@click.command(short_help="Our benchmarks, each a table and a JSON file.")
@click.argument("name", metavar="NAME", type=click.Choice(NAMES))
@click.option("--sizes", default="1000,20000,200000", show_default=True, help="Stories, for `newsroom`.")
@click.option(
    "--into", type=click.Path(path_type=Path, dir_okay=False), help="Write the page here, and JSON beside it."
)
def bench(name: str, sizes: str, into: Path | None) -> None:
    """Measure: newsroom (filing, pressing, publishing), serving (against nginx), idle (memory, cold start), or all.

    Example: dateline bench newsroom --sizes 1000,20000
    """
    tables: list[Figures] = []
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        if name in ("newsroom", "all"):
            tables.append(_newsroom([int(size) for size in sizes.split(",")], Path(folder)))
        if name in ("serving", "idle", "all"):
            tables += _running(name, Path(folder))
    for table in tables:
        click.echo(table.markdown())
    if into:
        write(tables, into)


def _newsroom(sizes: list[int], folder: Path) -> Figures:
    """Each size in a process of its own: a newsroom is chosen once in a process's life."""
    from dateline.config.benchmarks.newsroom import newsroom_table

    rows = []
    for size in sizes:
        command = [sys.executable, "-m", "dateline.config.benchmarks.one_size", str(folder / str(size)), str(size)]
        rows.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))  # noqa: S603
    return newsroom_table(rows)


def _running(name: str, folder: Path) -> list[Figures]:
    from dateline.config.benchmarks.idle import bench_idle
    from dateline.config.benchmarks.serving import bench_serving
    from dateline.config.benchmarks.tables import idle_table, serving_table

    data = folder / "demo"
    subprocess.run([sys.executable, "-m", "dateline", "demo", "--data", str(data)], check=True, stdout=sys.stderr)  # noqa: S603
    tables = [serving_table(bench_serving(data / "public"))] if name in ("serving", "all") else []
    return [*tables, idle_table(bench_idle(data))] if name in ("idle", "all") else tables
