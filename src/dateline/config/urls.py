"""Addresses that are answered by the application; all others are files of `public/`."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from dateline.site.views import no_file

urlpatterns: list[URLPattern | URLResolver] = []

if settings.DATELINE_ROOMS == "all":
    from dateline.config.desk_urls import desk_patterns

    urlpatterns += desk_patterns

urlpatterns.append(path("<path:path>", no_file))
