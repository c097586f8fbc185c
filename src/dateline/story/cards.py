"""From rows of the record to what a surface may show.

Nothing here names `LockedBody`: a card is made from the take's own row, which holds the free part alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from dateline.formats import body as body_format
from dateline.formats.story_card import Correction, Dateline, Headline, PictureFile, StoryCard, Subject
from dateline.story.models import Picture, Story

HEADLINE_FIELDS: Final = (
    "uid",
    "address",
    "language",
    "take__headline",
    "published",
    "updated",
    "take__sections",
    "lock",
    "take__summary",
    "corrected",
    "take__urgency",
    "kind",
)
"""What `headline_of` reads, in its order."""


def headline_of(row: tuple[Any, ...]) -> Headline:
    """One line of a list from a row of `HEADLINE_FIELDS`."""
    uid, address, language, headline, published, updated, sections, lock, summary, corrected, urgency, kind = row
    return Headline(
        uid=str(uid),
        address=address,
        language=language,
        headline=headline,
        published=published,
        updated=updated,
        sections=tuple(sections),
        locked=lock != "free",
        summary=summary,
        corrected=corrected,
        urgency=urgency,
        has_text=kind != "headline",
    )


def card_of(story: Story, **around: Any) -> StoryCard:
    """The card of a public story; `around` gives translations, related, earlier, linked and pictures."""
    take = story.take
    if take is None or story.address is None or story.published is None or story.updated is None:
        raise ValueError(f"story {story.uid} is not out")
    return StoryCard(
        uid=str(story.uid),
        address=story.address,
        take=take.number,
        language=story.language,
        headline=take.headline,
        published=story.published,
        updated=story.updated,
        sections=tuple(take.sections),
        locked=story.is_locked,
        subheadline=take.subheadline,
        slugline=take.slugline,
        summary=take.summary,
        byline=take.byline,
        dateline=dateline_of(take.dateline),
        lock_notice=take.lock_notice,
        urgency=take.urgency,
        body=body_format.from_json(take.body),
        subjects=tuple(Subject(s.get("name", ""), s["kind"], s.get("uri", "")) for s in take.subjects),
        corrections=corrections_of(take.corrections),
        **around,
    )


def dateline_of(said: Mapping[str, str]) -> Dateline | None:
    if not said:
        return None
    day = said.get("date")
    when = date.fromisoformat(day) if day else None
    return Dateline(said.get("text", ""), said.get("place", ""), when, said.get("agency", ""))


def corrections_of(said: Iterable[Mapping[str, str]]) -> tuple[Correction, ...]:
    return tuple(Correction(datetime.fromisoformat(c["at"]), c["note"]) for c in said)


def picture_file(picture: Picture) -> PictureFile:
    sizes = tuple((width, height, stem) for width, height, stem in picture.sizes)
    return PictureFile(f"picture:{picture.ref}", sizes)
