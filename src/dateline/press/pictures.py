"""Pictures as outputs: `media/STEM.EXT`, there while a public story shows them in its free part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from dateline.press.surfaces import Surface
from dateline.story import reads
from dateline.story.changes import Change
from dateline.story.pictures import EXTENSIONS, sizes_of


def _paths(refs: Iterable[str] | None) -> Iterator[str]:
    for picture in reads.public_pictures(refs):
        for _, _, stem in picture.sizes:
            yield from (f"media/{stem}.{extension}" for extension in EXTENSIONS)


def touched(change: Change) -> Iterator[str]:
    """Every size of the pictures shown before or after; by name alone, so gone ones are named too."""
    for ref in change.pictures:
        for stem in sizes_of(ref.removeprefix("picture:")):
            yield from (f"media/{stem}.{extension}" for extension in EXTENSIONS)


def render(paths: list[str]) -> Iterator[tuple[str, bytes | None]]:
    stems = {path: Path(path).stem for path in paths}
    shown = set(_paths({stem.rpartition("-")[0] for stem in stems.values()}))
    for path in paths:
        file = Path(settings.DATELINE_DATA) / path
        yield path, file.read_bytes() if path in shown and file.exists() else None


PICTURES = Surface("picture", 5, touched, lambda: _paths(None), render)
