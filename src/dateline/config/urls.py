"""Addresses that are answered by the application; all others are files of `public/`."""

from django.conf import settings
from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

if settings.DATELINE_ROOMS == "all":
    from dateline.config.desk_urls import desk_patterns

    urlpatterns += desk_patterns
