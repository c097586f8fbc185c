"""A benchmark's answer: one table, as JSON and as Markdown."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figures:
    """One table. `budget` is what DESIGN allows; `command` makes it again."""

    name: str
    command: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    budget: str = ""
    notes: tuple[str, ...] = field(default=())

    def markdown(self) -> str:
        lines = [f"## {self.name}", "", f"`{self.command}`", ""]
        lines += ["| " + " | ".join(self.columns) + " |", "|" + "---|" * len(self.columns)]
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        lines += ["", f"Budget: {self.budget}."] if self.budget else []
        return "\n".join([*lines, *(f"{note}" for note in self.notes), ""])


def median(values: list[float]) -> float:
    return percentile(values, 50)


def percentile(values: list[float], share: float) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share / 100 * len(ordered) + 0.5) - 1))]


def serving_table(figures: dict[str, Any]) -> Figures:
    """Of `serving.bench_serving`."""
    rates = figures["requests_per_s"]
    bare = rates.get("nginx") or rates["built-in"]
    rows = tuple((name, f"{rate:,}", f"{rate / bare:.2f}") for name, rate in rates.items())
    how = f"{figures['rounds']} alternating rounds of {figures['seconds']} s, {figures['connections']} connections"
    note = f"Medians of {how}, {figures['pages']} story pages of the demonstration agency, client {figures['client']}."
    return Figures(
        "Serving story pages", "dateline bench serving", ("server", "requests/s", "× nginx gzip_static"), rows,
        "at least 0.5 × nginx `gzip_static`", (note,),
    )  # fmt: skip


def idle_table(figures: dict[str, Any]) -> Figures:
    """Of `idle.bench_idle`."""
    memory, parts = figures["memory_mib"], figures["processes"]
    rows = (
        ("cold start to the first 200", f"{figures['cold_start_s']} s", "3 s"),
        ("desk ready", f"{figures['desk_ready_s']} s", ""),
        ("memory of all processes at idle (PSS)", f"{memory['pss']} MiB", "300 MB"),
        ("the same (RSS, shared pages counted for each)", f"{memory['rss']} MiB", ""),
        *((f"of it: {part['command']}", f"{part['pss_mib']} MiB", "") for part in parts),
    )
    return Figures("Starting and idling", "dateline bench idle", ("what", "figure", "budget"), rows)


def machine() -> str:
    """What the figures were measured on, without its name."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def write(tables: list[Figures], into: Path) -> None:
    """Write the page and, beside it, the same figures as JSON."""
    head = [
        "# Performance",
        "",
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine()}, other load on it: read ratios before absolute figures.",
        "Every table names the command that makes it again.",
        "",
    ]
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_text("\n".join(head) + "\n".join(table.markdown() for table in tables), encoding="utf-8")
    said = [{"name": t.name, "columns": t.columns, "rows": t.rows, "budget": t.budget} for t in tables]
    into.with_suffix(".json").write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
