"""Where a story stands: `en/2026/11/22/slug/`, decided when it first goes out and never again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dateline.names.slugs import slug
from dateline.story.models import Story


def base_address(language: str, day: date, wished_slug: str, headline: str, uid: str) -> str:
    """The address without its closing slash, before it is made unique."""
    piece = slug(wished_slug, language) or slug(headline, language) or uid[:8]
    return f"{language}/{day:%Y/%m/%d}/{piece}"


class AddressDesk:
    """Gives each base address out once: a second story of that name gets `-2`."""

    def __init__(self, bases: Iterable[str]) -> None:
        bases = set(bases)
        wanted = {f"{base}/" for base in bases}
        self._taken = set(Story.objects.filter(address__in=wanted).values_list("address", flat=True))

    def give(self, base: str) -> str:
        address, number = f"{base}/", 1
        while address in self._taken or (number > 1 and Story.objects.filter(address=address).exists()):
            number += 1
            address = f"{base}-{number}/"
        self._taken.add(address)
        return address
