"""A press killed at any moment finishes: nothing missing, nothing double."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def drill(tmp_path: Path, kills: int, acts: int, seed: int) -> dict:
    command = [
        sys.executable,
        "-m",
        "tests.press.crash_drill",
        str(tmp_path / "newsroom"),
        str(kills),
        str(acts),
        str(seed),
    ]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=900).stdout)


def holds(told: dict, kills: int, acts: int) -> None:
    assert (told["kills"], told["done"], told["acts"], told["last_seq"], told["pressed_to"]) == (
        kills,
        acts,
        acts,
        acts,
        acts,
    )
    assert told["different"] == told["missing"] == told["extra"] == told["parts_left"] == []
    assert (told["broken_at"], told["takes_in_order"], told["wrong_tallies"], told["clean_end"]) == (None, True, 0, 0)
    assert told["outputs"] > 20


def test_a_worker_killed_twenty_times_loses_and_repeats_nothing(tmp_path):
    holds(drill(tmp_path, 20, 40, seed=1), 20, 40)


@pytest.mark.slow
def test_a_worker_killed_two_hundred_times_during_three_hundred_acts_loses_and_repeats_nothing(tmp_path):
    holds(drill(tmp_path, 200, 300, seed=2), 200, 300)
