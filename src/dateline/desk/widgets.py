"""Fields that plain HTML has, so that no script stands in the page and the desk's policy can forbid it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from dateline.story.newsroom import newsroom


class PictureInput(forms.TextInput):
    """A picture's name in the record, with a button that takes a file in (static/desk/desk.js)."""

    template_name = "desk/widgets/picture.html"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class HourInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **options)


class NewsroomTimeField(forms.DateTimeField):
    """An hour on the newsroom's own clock, whatever zone the editor's account is set to."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=HourInput(), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            return value.astimezone(newsroom().timezone).replace(tzinfo=None)
        return value

    def to_python(self, value: Any) -> datetime | None:
        zone: ZoneInfo = newsroom().timezone
        with timezone.override(zone):
            return super().to_python(value)
