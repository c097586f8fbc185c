"""How one story would look to its readers, before it is out: whoever renders story pages registers here, the desk asks.

So the desk shows the site's own page and neither room imports the other.
"""

from __future__ import annotations

from collections.abc import Callable

from dateline.formats.story_card import StoryCard

_renderers: list[Callable[[StoryCard], bytes]] = []


def register(render: Callable[[StoryCard], bytes]) -> None:
    """Make the page's renderer known: the whole HTML page of a card, as UTF-8. The last one registered is asked."""
    _renderers.append(render)


def render(card: StoryCard) -> bytes | None:
    """The page of a card; None where nobody renders pages."""
    return _renderers[-1](card) if _renderers else None
