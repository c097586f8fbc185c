"""What other pages and sites may say a story is about: never a word from below its wall, never its dateline."""

from __future__ import annotations

from typing import Final

from dateline.formats.body import Paragraph, text_of
from dateline.formats.story_card import StoryCard

LONGEST: Final = 200
"""Characters, as much as search engines and messengers show."""


def description_of(card: StoryCard) -> str:
    """The summary, else the first free paragraph, cut at a word; "" where there is neither.

    The dateline is a field of its own, so the paragraph has none.
    """
    if card.summary:
        return cut(card.summary)
    for block in card.body:
        if isinstance(block, Paragraph) and (text := text_of(block.runs).strip()):
            return cut(text)
    return ""


def cut(text: str, longest: int = LONGEST) -> str:
    """One line of at most `longest` characters, ended by an ellipsis where something was left out."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    head, space, _ = line[:longest].rpartition(" ")
    if not space:
        head = line[: longest - 1]
    return head.rstrip(" ,;:–—-") + "…"
