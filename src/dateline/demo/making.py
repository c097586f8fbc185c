"""Filling an empty newsroom: the demonstration's pictures, then its cards in the order they were filed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Final

from dateline.demo.stories import load_cards, picture_bytes
from dateline.errors import NewsroomError
from dateline.formats.body import Block, Picture
from dateline.formats.filed import FiledCard
from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.models import Story
from dateline.story.pictures import take_in

SCHEME: Final = "demo:"


def make_demo(now: datetime) -> Counter[str]:
    """File every card of the demonstration agency; answers how many were made, changed, skipped.

    Raises:
        NewsroomError: the newsroom holds stories already; nothing was changed.
    """
    if Story.objects.exists():
        raise NewsroomError(
            "This newsroom has stories, and a demonstration is for an empty one.",
            "Nothing was changed.",
            "Name another folder: `dateline demo --data demo/`.",
        )
    filed = file_cards(
        [_with_pictures(card) for card in load_cards(now)], by="demo", now=now, wishes=Wishes(publish=True)
    )
    return Counter(one.outcome.value for one in filed)


def _with_pictures(card: FiledCard) -> FiledCard:
    return replace(card, body=tuple(_taken_in(block) for block in card.body))


def _taken_in(block: Block) -> Block:
    if isinstance(block, Picture) and block.src.startswith(SCHEME):
        picture = take_in(picture_bytes(block.src.removeprefix(SCHEME)))
        return replace(block, src=f"picture:{picture.ref}")
    return block
