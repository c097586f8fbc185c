"""Writing acts, takes and kept-in copy: many at once, in one transaction, in a handful of statements.

A `Batch` lives inside `register.lock()` and is written once. It decides nothing: see `deciding`.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from dateline.formats import body as body_format
from dateline.formats import filed
from dateline.formats.body import links_in, pictures_in, split_at_wall
from dateline.formats.filed import FiledCard
from dateline.formats.story_card import Correction
from dateline.story import register
from dateline.story.addresses import AddressDesk, base_address
from dateline.story.cards import corrections_of
from dateline.story.deciding import correction_note
from dateline.story.identity import uid_of
from dateline.story.inserting import insert
from dateline.story.models import (
    Act,
    ActKind,
    DayTally,
    Filing,
    InSection,
    Lock,
    LockedBody,
    Picture,
    PictureUse,
    Redirect,
    State,
    Story,
    StoryLink,
    Take,
)
from dateline.story.newsroom import newsroom
from dateline.story.sectioning import SectionDesk

MOST_LINKS_TO: Final = 100
"""Pages that may name one story by a link: as many must be pressed again within the second of its kill."""

LONGEST_PATH: Final = 1000

_UID: Final = re.compile(r"story:(.+)", re.DOTALL)


class Batch:
    """Acts and filings to be written together. Shapes: see `out`, `keep`, `withdraw`."""

    def __init__(self, *, by: str, now: datetime, sections: SectionDesk, addresses: AddressDesk) -> None:
        self.by, self.now = by, now
        self.sections, self.addresses = sections, addresses
        self.zone = newsroom().timezone
        self.next_story, self.next_take = _next_ids()
        self.seq, self.chain = register.last_seq(), register.last_chain()
        self.new_stories: dict[int, Story] = {}
        self.changed_stories: dict[int, Story] = {}
        self.takes: list[Take] = []
        self.locked: list[LockedBody] = []
        self.acts: list[Act] = []
        self.filings: list[Filing] = []
        self.used_up: list[int] = []
        self.listed: list[InSection] = []
        self.unlisted: list[int] = []
        self._digests: dict[int, tuple[FiledCard, str]] = {}
        self.tallies: Counter[tuple[str, date]] = Counter()
        self.redirects: list[Redirect] = []
        self.links: list[tuple[Story, list[str], bool]] = []
        self.pictures: list[tuple[Story, list[str]]] = []

    # --- stories --------------------------------------------------------------------------------------------

    def story_for(self, card: FiledCard, language: str, group: uuid.UUID | None = None) -> Story:
        """A new story for a card; its identity follows from the card's id. `group` joins translations."""
        uid = uid_of(card.id)
        self.next_story += 1
        story = Story(
            id=self.next_story,
            uid=uid,
            group=group or uid,
            language=language,
            kind=card.kind,
            filed_id=card.id,
        )
        self.new_stories[story.pk] = story
        if path := old_path(card.address):
            self.redirects.append(Redirect(path=path, story_id=story.pk))
        return story

    def _touch(self, story: Story) -> None:
        if story.pk not in self.new_stories:
            self.changed_stories[story.pk] = story

    def _note_filed(self, story: Story, card: FiledCard) -> None:
        if card.version is not None:
            story.filed_version = str(card.version)
        seen = story.filed_digests.split()
        if self._digest(card) not in seen:
            story.filed_digests = " ".join([*seen, self._digest(card)])

    def _digest(self, card: FiledCard) -> str:
        made = self._digests.get(id(card))
        if made is None or made[0] is not card:
            made = self._digests[id(card)] = (card, card.digest())
        return made[1]

    # --- copy that stays in ---------------------------------------------------------------------------------

    def keep(self, story: Story, card: FiledCard, release_at: datetime | None) -> None:
        """Keep copy in, until `release_at` where it has an hour."""
        self._note_filed(story, card)
        if story.state != State.OUT:
            story.lock = _lock_of(card, story)
        self._touch(story)
        said = filed.to_json(card) | ({"address": card.address} if card.address else {})
        self.filings.append(Filing(story_id=story.pk, card=said, received=self.now, release_at=release_at, by=self.by))

    def spike(self, story: Story) -> None:
        """Drop, for good, copy that never went out. No act: nothing was done to the outside, so nobody is told."""
        self._touch(story)
        story.state = State.KILLED
        self.used_up.append(story.pk)

    # --- acts -----------------------------------------------------------------------------------------------

    def out(self, kind: ActKind, story: Story, card: FiledCard, *, why: str = "", filed_now: bool = True) -> Act:
        """Publish, update or correct: a take of the card goes out."""
        self._touch(story)
        if filed_now:
            self._note_filed(story, card)
        story.lock = _lock_of(card, story)
        story.kind = card.kind
        story.takes_filed += 1
        card = _with_own_links(card)
        corrections = self._corrections(kind, story, card, why)
        take = self._take(story, card, corrections)
        if story.published is None:
            self._first_out(story, card)
        elif story.state != State.OUT:
            self._count(story, +1)
        story.state, story.take_id = State.OUT, take.id
        story.updated = max(filter(None, (story.published, card.version_created)), default=self.now)
        if take.number > 1:
            story.updated = max(story.updated, card.version_created or self.now)
        story.corrected = bool(corrections)
        story.section = take.sections[0] if take.sections else ""
        self._list(story, take)
        self._use(story, take, card)
        self.used_up.append(story.pk)
        return self._act(kind, story, take, why or card.note)

    def withdraw(self, kind: ActKind, story: Story, why: str) -> Act:
        """Kill or take down: nothing of the story stays out."""
        self._touch(story)
        if story.state == State.OUT:
            self._count(story, -1)
        story.state = State.KILLED if kind == ActKind.KILL else State.TAKEN_DOWN
        story.updated = self.now
        self.unlisted.append(story.pk)
        self.used_up.append(story.pk)
        return self._act(kind, story, story.take, why)

    def _act(self, kind: ActKind, story: Story, take: Take | None, why: str) -> Act:
        self.seq += 1
        act = Act(
            seq=self.seq,
            kind=kind,
            story_id=story.pk,
            take_id=take.pk if take else None,
            at=self.now,
            by=self.by,
            why=why,
        )
        self.chain = act.chain = register.chain(self.chain, act, story, take)
        self.acts.append(act)
        return act

    def _first_out(self, story: Story, card: FiledCard) -> None:
        story.published = card.published or self.now
        story.day = story.published.astimezone(self.zone).date()
        base = base_address(story.language, story.day, card.slug, card.headline, str(story.uid))
        story.address = self.addresses.give(base)
        self._count(story, +1)

    def _count(self, story: Story, step: int) -> None:
        if story.day is None:
            raise ValueError(f"story {story.uid} has no day")
        self.tallies[story.language, story.day] += step

    def _take(self, story: Story, card: FiledCard, corrections: list[dict[str, str]]) -> Take:
        free, below = split_at_wall(card.body, locked=story.is_locked)
        self.next_take += 1
        take = Take(
            id=self.next_take,
            story_id=story.pk,
            number=story.takes_filed,
            filed_at=self.now,
            headline=card.headline,
            subheadline=card.subheadline,
            slugline=card.slugline,
            summary=card.summary,
            byline=card.byline,
            dateline=filed.dateline_to_json(card.dateline) if card.dateline else {},
            urgency=card.urgency or 5,
            sections=self.sections.slugs(card.sections, story.language),
            subjects=[filed.subject_to_json(subject) for subject in card.subjects],
            body=body_format.to_json(free),
            locked=story.is_locked,
            lock_notice=card.lock_notice,
            corrections=corrections,
            digest=self._digest(card),
        )
        self.takes.append(take)
        if below:
            self.locked.append(LockedBody(take_id=take.pk, body=body_format.to_json(below)))
        return take

    def _corrections(self, kind: ActKind, story: Story, card: FiledCard, why: str) -> list[dict[str, str]]:
        told = list(card.corrections)
        if not told and story.take is not None:
            told = list(corrections_of(story.take.corrections))
        note = why or correction_note(card)
        if kind == ActKind.CORRECT and note not in [correction.note for correction in told]:
            told.append(Correction(card.version_created or self.now, note))
        return [{"at": c.at.isoformat(timespec="seconds"), "note": c.note} for c in told]

    def _list(self, story: Story, take: Take) -> None:
        if take.number > 1:
            self.unlisted.append(story.pk)
        published = story.published or self.now
        for section in take.sections:
            row = InSection(story_id=story.pk, section=section, language=story.language, published=published)
            self.listed.append(row)

    def _use(self, story: Story, take: Take, card: FiledCard) -> None:
        free, _ = split_at_wall(card.body, locked=story.is_locked)
        refs = [p.src.removeprefix("picture:") for p in pictures_in(free) if p.src.startswith("picture:")]
        related = [str(uid_of(r.id)) for r in card.related if r.id]
        inline = [match[1] for href in links_in(free) if (match := _UID.fullmatch(href))]
        if refs or take.number > 1:
            self.pictures.append((story, refs))
        if related or inline or take.number > 1:
            self.links += [(story, related, False), (story, inline, True)]

    # --- writing --------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write everything; the caller holds the register's lock and commits."""
        insert(self.new_stories.values())
        if self.changed_stories:
            Story.objects.bulk_update(self.changed_stories.values(), _CHANGING)
        insert(self.takes)
        insert(self.locked)
        insert(self.acts)
        if self.used_up or self.filings:
            Filing.objects.filter(story__in=[*self.used_up, *(f.story_id for f in self.filings)]).delete()
        insert(self.filings)
        if self.unlisted:
            InSection.objects.filter(story__in=self.unlisted).delete()
            PictureUse.objects.filter(story__in=self.unlisted).delete()
            StoryLink.objects.filter(source__in=self.unlisted).delete()
        insert(self.listed)
        self._write_tallies()
        Redirect.objects.bulk_create(self.redirects, ignore_conflicts=True)
        self._write_links()
        self._write_pictures()

    def _write_tallies(self) -> None:
        days = {day for _, day in self.tallies}
        kept = {(row.language, row.day): row.stories for row in DayTally.objects.filter(day__in=days)} if days else {}
        rows = [
            DayTally(language=language, day=day, stories=kept.get((language, day), 0) + step)
            for (language, day), step in self.tallies.items()
            if step
        ]
        DayTally.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["language", "day"], update_fields=["stories"]
        )

    def _write_links(self) -> None:
        wanted = {uid for _, uids, _ in self.links for uid in uids}
        if not wanted:
            return
        targets = {str(uid): pk for uid, pk in Story.objects.filter(uid__in=wanted).values_list("uid", "pk")}
        incoming = Counter(StoryLink.objects.filter(target__in=targets.values()).values_list("target_id", flat=True))
        rows = []
        for story, uids, inline in self.links:
            for position, uid in enumerate(dict.fromkeys(uids)):
                target = targets.get(uid)
                if target is None or target == story.pk or incoming[target] >= MOST_LINKS_TO:
                    continue
                incoming[target] += 1
                rows.append(StoryLink(source=story, target_id=target, inline=inline, position=position))
        StoryLink.objects.bulk_create(rows, ignore_conflicts=True)

    def _write_pictures(self) -> None:
        wanted = {ref for _, refs in self.pictures for ref in refs}
        known = set(Picture.objects.filter(ref__in=wanted).values_list("ref", flat=True)) if wanted else set()
        rows = [PictureUse(story=s, picture_id=ref) for s, refs in self.pictures for ref in sorted(set(refs) & known)]
        PictureUse.objects.bulk_create(rows, ignore_conflicts=True)


_CHANGING: Final = (
    "kind",
    "state",
    "lock",
    "address",
    "published",
    "updated",
    "day",
    "section",
    "corrected",
    "takes_filed",
    "take",
    "filed_version",
    "filed_digests",
)


def _next_ids() -> tuple[int, int]:
    def last(model: type[Any]) -> int:
        return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    return last(Story), last(Take)


def old_path(address: str) -> str:
    """The rooted path of an old address, "" where it has none of its own: `/?p=12` is the front page with a question."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    return "" if parts.query or path == "/" or len(path) > LONGEST_PATH else path


def _lock_of(card: FiledCard, story: Story) -> str:
    """What the card says; else what the story was; else unknown, which is locked."""
    if card.locked is None:
        return story.lock
    return Lock.LOCKED if card.locked else Lock.FREE


def _with_own_links(card: FiledCard) -> FiledCard:
    """`story:ID` links as `story:UID`, whatever identity the sender used."""
    if not any(href.startswith("story:") for href in links_in(card.body)):
        return card
    return replace(card, body=body_format.from_json(_relinked(body_format.to_json(card.body))))


def _relinked(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _own_href(v) if k == "href" else _relinked(v) for k, v in value.items()}
    return [_relinked(item) for item in value] if isinstance(value, list) else value


def _own_href(href: str) -> str:
    match = _UID.fullmatch(href)
    return f"story:{uid_of(match[1])}" if match else href


def bases_of(cards: Iterable[tuple[FiledCard, str]], now: datetime) -> list[str]:
    """The addresses that these cards (with their languages) would like, for `AddressDesk`."""
    zone = newsroom().timezone
    return [
        base_address(
            language, (card.published or now).astimezone(zone).date(), card.slug, card.headline, str(uid_of(card.id))
        )
        for card, language in cards
    ]
