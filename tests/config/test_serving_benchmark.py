import os
import shutil
from pathlib import Path

import pytest
from tests.press.serving.simulated import put, small_tree

from dateline.config.benchmarks.processes import family, memory_kib
from dateline.config.benchmarks.serving import bench_serving
from dateline.errors import NewsroomError


@pytest.mark.slow
def test_every_server_answers_every_page_of_the_tree(tmp_path: Path) -> None:
    public = small_tree(tmp_path / "public")
    put(public, "en/2026/11/22/second/index.html", b"second")
    figures = bench_serving(public, rounds=1, seconds=1)
    assert figures["pages"] == 2
    assert all(rate > 0 for rate in figures["requests_per_s"].values())
    assert figures["client"] == ("wrk" if shutil.which("wrk") else "own client")


@pytest.mark.slow
def test_without_wrk_our_own_client_measures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    figures = bench_serving(small_tree(tmp_path / "public"), rounds=1, seconds=1)
    assert figures["client"] == "own client"
    assert figures["requests_per_s"]["built-in"] > 0


def test_a_tree_without_pages_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(NewsroomError):
        bench_serving(tmp_path)


def test_the_memory_of_a_process_is_known() -> None:
    assert os.getpid() in family(os.getpid())
    memory = memory_kib(os.getpid())
    assert 0 < memory["pss"] <= memory["rss"]
