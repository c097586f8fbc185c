"""A story file with anything that is not ours gives no story and names itself."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest

from dateline.demo import stories
from dateline.errors import CardError

NOW = datetime(2026, 11, 22, 16, 4, tzinfo=UTC)
GOOD = """
published = 2026-11-09T11:20:00+02:00
original = "be"
sections = ["economy"]

[be]
headline = "Мост закрылі"
slug = "most"
summary = "Мост закрылі."
body = "Мост закрылі."

[[versions]]
at = 2026-11-09T15:05:00+02:00
signal = "correction"
[versions.be]
note = "Не мост, а паром."
edits = [{ old = "Мост", new = "Паром" }]
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("newsroom.toml", "names.toml", "datelines.toml"):
        copy(stories.ROOM / name, tmp_path / name)
    (tmp_path / "stories").mkdir()
    monkeypatch.setattr(stories, "ROOM", tmp_path)
    return tmp_path


def file_story(room: Path, text: str, name: str = "2026-11-09-brod-bridge.toml") -> None:
    (room / "stories" / name).write_text(text, encoding="utf-8")


def test_a_good_file_gives_its_versions(room: Path) -> None:
    file_story(room, GOOD)
    first, second = stories.load_cards(NOW)
    assert (first.id, first.version, second.version) == ("demo-brod-bridge-be", 1, 2)
    assert second.corrections[0].note == "Не мост, а паром."
    assert first.body != second.body


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('original = "be"', 'original = "be"\ncolour = "red"'),
        ('original = "be"', 'original = "en"'),
        ('original = "be"', 'original = "be"\nembargoed = true'),
        ('original = "be"', 'original = "be"\nlocked = true'),
        ('original = "be"', 'original = "be"\nsubjects = ["nobody"]'),
        ('original = "be"', 'original = "be"\npicture = "bridge"'),
        ('["economy"]', '["weather"]'),
        ('["economy"]', "[]"),
        ('slug = "most"', 'slug = "Мост"'),
        ('slug = "most"', ""),
        ('slug = "most"', 'slug = "most"\nmood = "calm"'),
        ("2026-11-09T11:20", "2026-11-10T11:20"),
        ("2026-11-09T15:05", "2026-11-09T10:05"),
        ('"correction"', '"rumour"'),
        ("note =", "remark ="),
        ('old = "Мост"', 'old = "Тунэль"'),
    ],
)
def test_a_file_that_is_not_ours_is_refused_by_name(room: Path, old: str, new: str) -> None:
    assert old in GOOD
    file_story(room, GOOD.replace(old, new))
    with pytest.raises(CardError, match="2026-11-09-brod-bridge"):
        stories.load_cards(NOW)


def test_a_file_under_another_kind_of_name_is_refused(room: Path) -> None:
    file_story(room, GOOD, "bridge.toml")
    with pytest.raises(CardError, match=r"bridge\.toml"):
        stories.load_cards(NOW)
