"""What must hold of the code itself."""

import dataclasses
from pathlib import Path

import dateline
from dateline.formats.story_card import Headline, StoryCard

SOURCE = Path(dateline.__file__).parent


def test_only_the_record_names_the_table_of_locked_text():
    naming = {
        p.relative_to(SOURCE).as_posix() for p in SOURCE.rglob("*.py") if "LockedBody" in p.read_text(encoding="utf-8")
    }
    allowed = {
        "story/models.py",
        "story/locked.py",
        "story/writing.py",
        "story/cards.py",
        "story/migrations/0001_initial.py",
    }
    assert naming <= allowed
    assert "LockedBody" not in (SOURCE / "story/cards.py").read_text(encoding="utf-8").split('"""', 2)[2]


def test_a_story_card_has_no_field_for_locked_text_or_editors_notes():
    for shape in (StoryCard, Headline):
        names = {field.name for field in dataclasses.fields(shape)}
        assert not {name for name in names if "locked_" in name or "note" in name.replace("lock_notice", "")}
        assert "note" not in names
