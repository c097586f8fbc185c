"""How the desk's text is stored: as UTF-8. Wagtail escapes Cyrillic to six bytes a letter, and in a revision to seven."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.fields import StreamField


class Utf8Json(DjangoJSONEncoder):
    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"ensure_ascii": False}))


class Utf8StreamField(StreamField):
    @property
    def json_field(self) -> models.JSONField[Any, Any]:
        return models.JSONField(encoder=Utf8Json)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Leave the blocks out: they are no column, and a migration for each label would say nothing."""
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
