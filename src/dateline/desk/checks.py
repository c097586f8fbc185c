"""Start-up checks: what would quietly open the desk or let it call somebody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def desk_calls_nobody(**_: Any) -> list[CheckMessage]:
    """Nothing of an editor's work may be told to another host."""
    found: list[CheckMessage] = []
    for name, wanted in (("WAGTAIL_GRAVATAR_PROVIDER_URL", None), ("WAGTAIL_ENABLE_UPDATE_CHECK", False)):
        if getattr(settings, name, "unset") != wanted:
            found.append(Error(f"{name} must be {wanted}.", hint="See config/desk.py.", id="desk.E001"))
    return found


@register()
def workflows_end_inside(**_: Any) -> list[CheckMessage]:
    """A workflow's end must not publish."""
    if settings.WAGTAIL_FINISH_WORKFLOW_ACTION != "dateline.desk.actions.finish_workflow.ready":
        return [Error("WAGTAIL_FINISH_WORKFLOW_ACTION would publish.", hint="See config/desk.py.", id="desk.E002")]
    return []
