"""Real samples stand beside the project, in ../shared: read there, never copied. Absent, the test is skipped and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1].parent / "shared"


def shared(*parts: str) -> Path:
    """The path of a sample, by its place in ../shared; skips the test where it is not there."""
    path = "/".join(parts)
    found = ROOT / path
    if not found.exists():
        pytest.skip(f"../shared/{path} is not here: this test reads a real sample that is not part of the project")
    return found
