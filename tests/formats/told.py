"""What every refusal must say."""

from __future__ import annotations

from dateline.errors import DatelineError


def assert_three_parts(refusal: DatelineError) -> None:
    """What happened, what was kept, what to do next: none may be missing."""
    assert refusal.happened
    assert refusal.kept
    assert refusal.next_step
