"""An archive of any size for benchmarks, put together from the demonstration agency's paragraphs.

Card `i` depends on `i` alone, so an archive can be made in slices and is the same everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from dateline.demo.stories import load_cards
from dateline.formats.body import Block, Paragraph, Run, Wall
from dateline.formats.filed import FiledCard
from dateline.formats.story_card import Dateline

LANGUAGES: Final = ("en", "be", "ru")
SECTIONS: Final = ("politics", "economy", "society", "security", "culture", "sport")
BEGIN: Final = datetime(2011, 1, 3, 6, 0, tzinfo=UTC)
A_DAY: Final = 60
"""Stories a day, all languages together; a busy small agency."""


@cache
def _pools() -> dict[str, tuple[list[str], list[Paragraph]]]:
    pools: dict[str, tuple[list[str], list[Paragraph]]] = {tag: ([], []) for tag in LANGUAGES}
    for card in load_cards(BEGIN):
        if card.language in pools:
            headlines, paragraphs = pools[card.language]
            headlines.append(card.headline)
            # Internal links of the demonstration point at stories that an archive does not hold.
            texts = (block for block in card.body if isinstance(block, Paragraph))
            paragraphs += [block for block in texts if not any(run.href for run in block.runs)]
    return pools


def card(i: int) -> FiledCard:
    """The i-th story; three after one another are translations of each other."""
    group, language = divmod(i, len(LANGUAGES))
    shared = random.Random(f"event {group}")  # noqa: S311 - the same everywhere
    rng = random.Random(f"story {i}")  # noqa: S311
    tag = LANGUAGES[language]
    headlines, paragraphs = _pools()[tag]
    sections = tuple(shared.sample(SECTIONS, 1 + (shared.random() < 0.3)))
    locked = shared.random() < 0.5
    published = BEGIN + timedelta(
        days=group * len(LANGUAGES) // A_DAY, seconds=shared.randrange(57_600), minutes=17 * language
    )
    body: list[Block] = [rng.choice(paragraphs) for _ in range(max(2, min(24, int(rng.lognormvariate(1.9, 0.5)))))]
    body.append(Paragraph((Run(f"{i:,} / {rng.randrange(10**6):,}."),)))
    if locked:
        body.insert(1, Wall())
    return FiledCard(
        id=f"bench-{i}",
        version=1,
        language=tag,
        headline=f"{rng.choice(headlines)} {i}",
        summary=headlines[i % len(headlines)],
        dateline=Dateline(f"{published:%d.%m}, Vyraj.", "", published.date(), "Vyraj"),
        published=published,
        sections=sections,
        body=tuple(body),
        locked=locked,
        translation_of=f"bench-{group * len(LANGUAGES)}" if language else "",
    )


def cards(start: int, stop: int) -> Iterator[FiledCard]:
    return (card(i) for i in range(start, stop))
