"""What Wagtail's own screens ask of its images and documents, answered empty: neither is installed.

Pictures go through `story.pictures`, which keeps nothing a camera adds; Wagtail would store the file as it was sent.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template import Library
from django.urls import URLPattern, path
from wagtail.api.v2.views import BaseAPIViewSet

register = Library()
"""Stands for `wagtailimages_tags`, which templates of wagtail.users load and do not use (config/desk.py, TEMPLATES)."""


class NothingThere(BaseAPIViewSet):
    """An endpoint that Wagtail's frame names on every page and no page of ours asks."""

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", _nothing, name="listing"), path("<int:pk>/", _nothing, name="detail")]


def _nothing(request: HttpRequest, pk: int = 0) -> HttpResponse:
    raise Http404
