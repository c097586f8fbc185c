"""Questions of the desk's screens, each answered in a fixed number of queries.

The list of stories reads the record, not Wagtail's tables: the record holds everything, the desk its working set.
Pages are by key (the newest below the last one shown), so the ten-thousandth page costs what the first does.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from dateline.desk.labels import STATE_WORDS
from dateline.desk.models import Draft
from dateline.formats import filed
from dateline.story.models import Act, Filing, State, Story
from dateline.story.newsroom import newsroom

PAGE: Final = 50
WITHDRAWN: Final = (State.KILLED, State.TAKEN_DOWN)
EPOCH: Final = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """One story of the record as the desk lists it. `at` is when it was published, withdrawn, or taken in."""

    uid: UUID
    pk: int
    state: str
    language: str
    headline: str
    slugline: str
    sections: tuple[str, ...]
    lock: str
    urgency: int
    at: datetime
    release_at: datetime | None = None
    takes: int = 0
    draft: int | None = None

    @property
    def state_label(self) -> str:
        return str(STATE_WORDS[self.state])

    @property
    def key(self) -> str:
        """Where the next page begins."""
        return f"{self.at.isoformat()}~{self.pk}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for: `state` is "out", "in" or "gone"; `prefix` of the headline; `below` a row's key."""

    state: str = "out"
    language: str = ""
    prefix: str = ""
    below: str = ""


def stories(asked: Asked, limit: int = PAGE) -> tuple[list[Row], str]:
    """A page of the record's stories, newest first, and the key of the next page ("" for none)."""
    languages = [asked.language] if asked.language else list(newsroom().languages)
    reading = _kept_in if asked.state == "in" else (_withdrawn if asked.state == "gone" else _out)
    found = heapq.merge(*(reading(tag, asked, limit + 1) for tag in languages), key=_order)
    rows = [row for row, _ in zip(found, range(limit + 1), strict=False)]
    page = _with_drafts(rows[:limit])
    return page, page[-1].key if len(rows) > limit else ""


def _order(row: Row) -> tuple[float, int]:
    return (-(row.at - EPOCH).total_seconds(), row.pk)


def _after(key: str, field: str) -> Q:
    """Rows below a key, newest first and within one instant in the order they were taken in."""
    moment, _, pk = key.partition("~")
    try:
        at = filed.parse_time(moment)  # refuses years that no newsroom can mean
        return Q(**{f"{field}__lt": at}) | Q(**{field: at, "pk__gt": int(pk)})
    except ValueError:
        return Q()


def _starts(field: str, prefix: str) -> Q:
    """By the beginning of a headline, small or capital: SQLite folds no Cyrillic."""
    first = prefix[:1]
    ways = {prefix, first.upper() + prefix[1:], first.lower() + prefix[1:]}
    wanted = Q()
    for way in sorted(ways):
        wanted |= Q(**{f"{field}__startswith": way})
    return wanted


def _taken(rows: QuerySet[Story], asked: Asked, field: str, limit: int) -> list[Row]:
    if asked.below:
        rows = rows.filter(_after(asked.below, field))
    if asked.prefix:
        rows = rows.filter(_starts("take__headline", asked.prefix))
    return [_row(story, getattr(story, field)) for story in rows.select_related("take").defer("take__body")[:limit]]


def _out(language: str, asked: Asked, limit: int) -> list[Row]:
    rows = Story.objects.filter(language=language, state=State.OUT).order_by("-published", "id")
    return _taken(rows, asked, "published", limit)


def _withdrawn(language: str, asked: Asked, limit: int) -> list[Row]:
    rows = Story.objects.filter(language=language, state__in=WITHDRAWN).order_by("-updated", "id")
    return _taken(rows, asked, "updated", limit)


def _kept_in(language: str, asked: Asked, limit: int) -> list[Row]:
    rows = Filing.objects.filter(story__language=language).select_related("story").order_by("-received", "pk")
    if asked.below:
        rows = rows.filter(_after(asked.below, "received"))
    if asked.prefix:
        rows = rows.filter(_starts("card__headline", asked.prefix))
    return [_kept_row(filing) for filing in rows[:limit]]


def _row(story: Story, at: datetime) -> Row:
    take = story.take
    return Row(
        uid=story.uid,
        pk=story.pk,
        state=story.state,
        language=story.language,
        headline=take.headline if take else "",
        slugline=take.slugline if take else "",
        sections=tuple(take.sections) if take else (),
        lock=story.lock,
        urgency=take.urgency if take else 5,
        at=at,
        takes=story.takes_filed,
    )


def _kept_row(filing: Filing) -> Row:
    card, story = filed.from_json(filing.card), filing.story
    return Row(
        uid=story.uid,
        pk=story.pk,
        state=story.state,
        language=story.language,
        headline=card.headline,
        slugline=card.slugline,
        sections=card.sections,
        lock=story.lock,
        urgency=card.urgency or 5,
        at=filing.received,
        release_at=filing.release_at,
        takes=story.takes_filed,
    )


def _with_drafts(rows: list[Row]) -> list[Row]:
    drafts = dict(Draft.objects.filter(story_uid__in=[row.uid for row in rows]).values_list("story_uid", "pk"))
    return [replace(row, draft=drafts.get(row.uid)) for row in rows]


# --- one story --------------------------------------------------------------------------------------------------


def story_of(uid: UUID) -> Story | None:
    return Story.objects.select_related("take", "filing").filter(uid=uid).first()


def draft_of(uid: UUID) -> Draft | None:
    return Draft.objects.select_related("latest_revision", "locked_by").filter(story_uid=uid).first()


def acts_of(story: Story) -> list[Act]:
    """The register's rows of a story, newest first."""
    return list(Act.objects.filter(story=story).select_related("take").defer("take__body").order_by("-seq"))


def found_by_headline(prefix: str, limit: int = 8) -> list[Row]:
    """Stories that are out whose headline begins like this, newest first; for links."""
    return stories(Asked(prefix=prefix), limit)[0] if prefix else []


def drafts_with_states(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Drafts with the state and the takes of their story, in one query."""
    story = Story.objects.filter(uid=OuterRef("story_uid"))
    return drafts.defer("body").annotate(
        record_state=Subquery(story.values("state")[:1]),
        record_takes=Subquery(story.values("takes_filed")[:1]),
        holder=F("locked_by__username"),
    )
