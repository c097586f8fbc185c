"""Which table stands in which file."""

from __future__ import annotations

from typing import Any

from django.db.models import Model


class PressApart:
    """The press's tables stand in press.db: they can be made again from the record, and their writes block no editor."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return "press" if model._meta.app_label == "press" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == "press") == (app_label == "press")
