"""What every page of the desk knows: whose desk it is."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from dateline.story.newsroom import newsroom


def agency(request: HttpRequest) -> dict[str, object]:
    """`agency`: the newsroom's name in the language of the page; `agency_zone`: its clock."""
    return {
        "agency": SimpleLazyObject(lambda: newsroom().name_in(get_language() or "en")),
        "agency_zone": SimpleLazyObject(lambda: str(newsroom().timezone)),
    }
