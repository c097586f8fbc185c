"""An archive filed and pressed: what stands there is what pressing everything gives, wherever and whenever that is done."""

import filecmp
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.shared import shared

from dateline.config.benchmarks.archive import cards
from dateline.formats import filed

# The same program on another day, in another zone and locale.
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7"}
IN_2031 = (
    "import time_machine, datetime;"
    "time_machine.travel(datetime.datetime(2031, 2, 3, 4, 5, tzinfo=datetime.UTC), tick=True).start();"
    "from dateline.config.cli import main; main()"
)


def dateline(*args: object, program: tuple[str, ...] = ("-m", "dateline"), **env: str) -> str:
    command = [sys.executable, *program, *map(str, args)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **env}).stdout


def same_tree(one: Path, other: Path) -> bool:
    names = [sorted(p.relative_to(root).as_posix() for p in root.rglob("*")) for root in (one, other)]
    files = [name for name in names[0] if (one / name).is_file()]
    return names[0] == names[1] and filecmp.cmpfiles(one, other, files, shallow=False)[1:] == ([], [])


def holds(archive: Path, stories: int, folder: Path) -> None:
    data = folder / "newsroom"
    first = json.loads(dateline("import", archive, "--publish", "--data", data, "--json"))
    assert (first["cards"], first["made"]) == (stories, stories)
    assert dateline("press", "--check", "--data", data).endswith("Equal.\n")
    dateline("press", "--all", "--into", folder / "again", "--data", data, program=("-c", IN_2031), **ELSEWHERE)
    assert same_tree(data / "public", folder / "again")
    second = json.loads(dateline("import", archive, "--publish", "--data", data, "--json"))
    assert (second["cards"], second["same"]) == (stories, stories)
    assert "its chain holds" in dateline("health", "--data", data)


def test_a_small_archive_presses_to_the_same_bytes_anywhere_and_any_day(tmp_path):
    archive = tmp_path / "archive.ndjson"
    archive.write_text(
        "".join(json.dumps(filed.to_json(c), ensure_ascii=False) + "\n" for c in cards(0, 400)), encoding="utf-8"
    )
    holds(archive, 400, tmp_path)


@pytest.mark.slow
def test_twenty_thousand_real_stories_press_to_the_same_bytes_anywhere_and_any_day(tmp_path):
    archive = tmp_path / "archive.ndjson"
    subprocess.run(
        [sys.executable, shared("tools/make_archive.py"), "--n", "20000", "--cards", "--out", archive], check=True
    )
    holds(archive, 20_000, tmp_path)
