"""What a run costs when nobody does anything: memory of all its processes, and the time to the first page."""

from __future__ import annotations

import http.client
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from dateline.config.benchmarks.processes import HOST, family, free_port, memory_kib, started, wait_until
from dateline.errors import NewsroomError

MEMORY_BUDGET_MIB = 300
COLD_BUDGET_S = 3.0
SETTLE_S = 2.0
PROCESSES = 3
"""Supervisor, web, press."""

RUNS = 3

_RUN = "from dateline.config.cli import main; main()"


def bench_idle(data: Path, *, runs: int = RUNS) -> dict[str, Any]:
    """Start `dateline run` on a prepared newsroom that nobody runs, `runs` times.

    Args:
        data: the newsroom's folder; its `public/` has a front page.
        runs: the median counts.

    Returns:
        {"cold_start_s": to the first 200 of "/", "desk_ready_s": to the first answer of the desk,
        "memory_mib": {"pss": …, "rss": …} of all processes with Django loaded, "processes": [{"command", "pss_mib"}],
        "budget": …, "within_budget": …}.

    Raises:
        NewsroomError: the newsroom does not start.
    """
    measured = [_one_run(data) for _ in range(runs)]
    last = measured[-1]
    cold = round(statistics.median(run["cold_start_s"] for run in measured), 2)
    pss = round(statistics.median(run["pss_mib"] for run in measured))
    return {
        "cold_start_s": cold,
        "desk_ready_s": round(statistics.median(run["desk_ready_s"] for run in measured), 2),
        "memory_mib": {"pss": pss, "rss": last["rss_mib"]},
        "processes": last["processes"],
        "budget": {"cold_start_s": COLD_BUDGET_S, "memory_mib": MEMORY_BUDGET_MIB},
        "within_budget": cold <= COLD_BUDGET_S and pss <= MEMORY_BUDGET_MIB,
    }


def _one_run(data: Path) -> dict[str, Any]:
    port, began = free_port(), time.monotonic()
    with started([sys.executable, "-c", _RUN, "run", "--data", str(data), "--port", str(port)]) as process:
        wait_until(lambda: process.poll() is not None or _status(port, "/") == 200, "the first page")
        cold = time.monotonic() - began
        wait_until(lambda: process.poll() is not None or _status(port, "/desk/") not in {0, 503}, "the desk")
        desk = time.monotonic() - began
        memory = {pid: memory_kib(pid) for pid in _settled_family(process.pid)}
        named = [{"command": _command(pid), "pss_mib": round(each["pss"] / 1024)} for pid, each in memory.items()]
    pss, rss = (round(sum(each[kind] for each in memory.values()) / 1024) for kind in ("pss", "rss"))
    return {"cold_start_s": cold, "desk_ready_s": desk, "pss_mib": pss, "rss_mib": rss, "processes": named}


def _settled_family(pid: int) -> list[int]:
    """All processes of the run, the same before and after a while: one that keeps dying would look cheap."""
    before = family(pid)
    time.sleep(SETTLE_S)
    after = family(pid)
    if len(after) < PROCESSES or before != after:
        raise NewsroomError(
            "Not measured: a process of the run ends by itself.", "Nothing was changed.", "Run it and look."
        )
    return after


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def _command(pid: int) -> str:
    """What a process is, without the paths of this machine: "-m dateline.press.worker"."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    return " ".join(words[1:3])
