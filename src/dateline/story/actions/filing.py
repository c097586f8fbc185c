"""File cards: take in what a file or a sender gave, and let out what may go out. The only way in for archives."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import Count

from dateline.formats.filed import FiledCard
from dateline.story import register
from dateline.story.addresses import AddressDesk
from dateline.story.deciding import Decision, Known, Outcome, correction_note, decide, skipped
from dateline.story.identity import uid_of
from dateline.story.models import ActKind, Filing, Lock, State, Story
from dateline.story.newsroom import Newsroom, newsroom
from dateline.story.sectioning import SectionDesk
from dateline.story.writing import Batch, bases_of

MOST_TRANSLATIONS: Final = 40
"""Stories of one group: each names the others, so as many pages are pressed when one of them changes."""

CHUNK: Final = 500
"""Cards a transaction: a reader's page or an editor's save waits for no more than this."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of one card."""

    id: str
    outcome: Outcome
    reason: str = ""
    act: ActKind | None = None
    locked_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to file. `language` and `locked` stand in where a card does not say (`locked`) or always (`language`)."""

    publish: bool = False
    language: str = ""
    locked: bool | None = None


def file_cards(cards: Sequence[FiledCard], *, by: str, now: datetime, wishes: Wishes = Wishes()) -> list[Filed]:
    """File these cards in one transaction each `CHUNK`, in order; answers in the same order."""
    filed: list[Filed] = []
    for chunk in _chunks(cards):
        with register.lock():
            filed += _file_chunk(chunk, by=by, now=now, wishes=wishes)
    return filed


def preview(cards: Sequence[FiledCard], *, now: datetime, wishes: Wishes) -> list[Filed]:
    """What `file_cards` would answer; nothing is written."""
    found = []
    for chunk in _chunks(cards):
        known = _known(chunk)
        chunk = [_with_wishes(card, known.get(card.id), wishes) for card in chunk]
        for card in chunk:
            _, decision = _decide(card, known.get(card.id), now, wishes)
            found.append(_answer(card, decision))
    return found


def _chunks(cards: Iterable[FiledCard]) -> Iterable[list[FiledCard]]:
    """Runs of at most `CHUNK` cards in which no story comes twice."""
    chunk: list[FiledCard] = []
    ids: set[str] = set()
    for card in cards:
        if len(chunk) >= CHUNK or card.id in ids:
            yield chunk
            chunk, ids = [], set()
        chunk.append(card)
        ids.add(card.id)
    if chunk:
        yield chunk


def _file_chunk(cards: list[FiledCard], *, by: str, now: datetime, wishes: Wishes) -> list[Filed]:
    known, groups = _known(cards), _Groups(cards)
    cards = [_with_wishes(card, known.get(card.id), wishes) for card in cards]
    decided = [(card, *_decide(card, known.get(card.id), now, wishes)) for card in cards]
    going_out = [(card, language) for card, language, decision in decided if decision.act == ActKind.PUBLISH]
    batch = Batch(by=by, now=now, sections=SectionDesk(), addresses=AddressDesk(bases_of(going_out, now)))
    for card, language, decision in decided:
        if decision.outcome in (Outcome.MADE, Outcome.CHANGED):
            story = known.get(card.id) or batch.story_for(card, language, groups.join(card))
            _carry_out(batch, story, card, decision)
    batch.write()
    return [_answer(card, decision) for card, _, decision in decided]


def _carry_out(batch: Batch, story: Story, card: FiledCard, decision: Decision) -> None:
    if decision.act == ActKind.KILL and story.state == State.IN:
        batch.spike(story)
    elif decision.act == ActKind.KILL:
        batch.withdraw(ActKind.KILL, story, card.note or "withdrawn by the sender")
    elif decision.act:
        why = correction_note(card) if decision.act == ActKind.CORRECT else ""
        batch.out(decision.act, story, card, why=why)
    elif decision.keep:
        batch.keep(story, card, decision.release_at)


def _answer(card: FiledCard, decision: Decision) -> Filed:
    unknown = card.locked is None and decision.outcome in (Outcome.MADE, Outcome.CHANGED)
    return Filed(card.id, decision.outcome, decision.reason, decision.act, unknown)


def _with_wishes(card: FiledCard, story: Story | None, wishes: Wishes) -> FiledCard:
    if wishes.language:
        card = replace(card, language=wishes.language)
    # A story known to be locked stays so: a card's silence, whatever the wish for the rest, opens nothing.
    is_known_locked = story is not None and story.lock == Lock.LOCKED
    if wishes.locked is not None and card.locked is None and not is_known_locked:
        card = replace(card, locked=wishes.locked)
    return card


def _decide(card: FiledCard, story: Story | None, now: datetime, wishes: Wishes) -> tuple[str, Decision]:
    language = spoken(card.language, newsroom())
    if not language and story is None:
        return "", skipped(f"the language {card.language} is not published here")
    is_empty = not (card.headline or card.body or (card.kind == "headline" and card.sections))
    if is_empty and card.status != "canceled":
        return language, skipped("neither headline nor text")
    return language, decide(card, _known_of(story) if story else None, now, publish=wishes.publish)


def spoken(tag: str, room: Newsroom) -> str:
    """The newsroom's language that a tag means: itself, or its closest by RFC 4647 lookup; "" where there is none."""
    if not tag:
        return room.default_language
    by_lower = {language.lower(): language for language in room.languages}
    pieces = tag.replace("_", "-").lower().split("-")
    while pieces:
        found = by_lower.get("-".join(pieces))
        if found:
            return found
        pieces.pop()
    return ""


def _known(cards: list[FiledCard]) -> dict[str, Story]:
    """Stories already here, by the id they were filed under; a UUID finds the desk's own stories too."""
    stories = Story.objects.filter(uid__in=[uid_of(card.id) for card in cards]).select_related("take", "filing")
    by_uid = {story.uid: story for story in stories}
    return {card.id: by_uid[uid] for card in cards if (uid := uid_of(card.id)) in by_uid}


class _Groups:
    """Which group of translations a new story joins: its original's while that has room, else one of its own."""

    def __init__(self, cards: list[FiledCard]) -> None:
        wanted = {card.translation_of: uid_of(card.translation_of) for card in cards if card.translation_of}
        known = dict(Story.objects.filter(uid__in=wanted.values()).values_list("uid", "group")) if wanted else {}
        self._groups = {filed_id: known.get(uid, uid) for filed_id, uid in wanted.items()}
        members = Story.objects.filter(group__in=self._groups.values()).order_by().values_list("group")
        self._members = Counter(dict(members.annotate(Count("pk"))) if wanted else {})

    def join(self, card: FiledCard) -> uuid.UUID | None:
        group = self._groups.get(card.translation_of)
        if group is None or self._members[group] >= MOST_TRANSLATIONS:
            return uid_of(card.id)
        self._members[group] += 1
        return group


def _known_of(story: Story) -> Known:
    filing: Filing | None = getattr(story, "filing", None)
    release_at = filing.release_at if filing else None
    return Known(
        story.state,
        story.lock,
        story.filed_version,
        frozenset(story.filed_digests.split()),
        waits=filing is not None,
        release_at=release_at,
    )
