"""What the press knows of a surface: which outputs an act touches, which there are, and how one is rendered.

A room registers its surfaces with `register` when Django starts. An output is a path below `public/`; paths of two
surfaces never meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dateline.story.changes import Change


@dataclass(frozen=True, slots=True)
class Surface:
    """One kind of output.

    Args:
        name: "story", "front", "feed" …; one line each in docs/contracts/public-folder.md.
        rank: order of putting in place; pages come before the lists that name them.
        touched: paths that an act may change. Pure; may name too many, never too few.
        every: all paths there are now, from the record.
        render: the exact bytes of these paths now, in any order; None for a path where nothing should stand.
            Many at once, so that a surface can ask the record once for all of them.
        recipe: bytes of everything but the record that goes into an output (templates, style, texts, settings);
            when they change, everything is pressed again.
    """

    name: str
    rank: int
    touched: Callable[[Change], Iterable[str]]
    every: Callable[[], Iterator[str]]
    render: Callable[[list[str]], Iterable[tuple[str, bytes | None]]]
    recipe: Callable[[], bytes] = lambda: b""


_surfaces: dict[str, Surface] = {}


def register(surface: Surface) -> None:
    """Make a surface known; registering the same name again replaces it."""
    _surfaces[surface.name] = surface


def surfaces() -> list[Surface]:
    """All surfaces in the order their outputs are put in place."""
    return sorted(_surfaces.values(), key=lambda surface: (surface.rank, surface.name))


def surface(name: str) -> Surface:
    return _surfaces[name]
