"""The end of a workflow: the copy is ready. It goes out when an editor publishes it, and by no other way."""

from __future__ import annotations

from typing import Any


def ready(workflow_state: Any, user: Any = None) -> None:
    """Do nothing: Wagtail keeps the state "approved", which the desk shows (WAGTAIL_FINISH_WORKFLOW_ACTION)."""
