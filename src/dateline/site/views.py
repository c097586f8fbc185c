"""What the site answers when no file stands at an address: gone for good (410), or never here (404).

A withdrawn story leaves no trace in `public/`, so only the record knows that its address meant something.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from dateline.site.house import house
from dateline.site.surfaces.plain import not_found_page
from dateline.story import reads


def no_file(request: HttpRequest, path: str) -> HttpResponse:
    """410 where a story was killed or taken down, 404 elsewhere; the page is the same, in the address's language."""
    at = house()
    named = path.partition("/")[0]
    language = named if named in at.languages else at.room.default_language
    address = f"{path.removesuffix('index.html').rstrip('/')}/"
    status = 410 if reads.was_withdrawn(address) else 404
    return HttpResponse(not_found_page(language, at), status=status, headers={"Cache-Control": "no-cache"})
