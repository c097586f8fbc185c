"""Questions to the record about what is out, each answered in a fixed number of queries.

Lists are newest first: by first publication, and within one instant in the order they were taken in, so that a page's
listing keeps its order. Only stories that are out are ever answered.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Cast, Substr

from dateline.formats.story_card import Headline, PictureFile, StoryCard
from dateline.story.cards import HEADLINE_FIELDS, card_of, headline_of, picture_file
from dateline.story.models import DayTally, InSection, Picture, PictureUse, Redirect, Section, State, Story, StoryLink

EARLIER: Final = 3
"""Stories of its section that a page names as coming before it; so a change touches at most that many pages after it."""

NEWEST: Final = ("-published", "id")

LISTED_ONLY: Final = "headline"
"""The kind of a listing entry without text: it stands in lists, and has no page and no feed item."""


def _out() -> QuerySet[Story]:
    return Story.objects.filter(state=State.OUT)


def _with_page() -> QuerySet[Story]:
    return _out().exclude(kind=LISTED_ONLY)


def _headlines(stories: QuerySet[Story]) -> list[Headline]:
    return [headline_of(row) for row in stories.values_list(*HEADLINE_FIELDS)]


# --- lists ----------------------------------------------------------------------------------------------------


def newest(language: str, section: str | None, limit: int) -> list[Headline]:
    """The newest stories of a language, or of one of its sections."""
    return _headlines(_newest(language, section, limit))


class CardKey(NamedTuple):
    """What a card in a feed is made of: while its key stays the same, so does the card."""

    story: int
    take: int
    linked: tuple[str, ...]
    pictures: tuple[str, ...]


def newest_keys(language: str, section: str | None, limit: int) -> list[CardKey]:
    """The newest stories that have a page, by key alone: takes never change, so what was made of one can be kept."""
    takes = dict(_newest(language, section, limit, with_page=True).values_list("pk", "take_id"))
    uses = PictureUse.objects.filter(story_id__in=takes).order_by("picture_id").values_list("story_id", "picture_id")
    pictures: dict[int, list[str]] = {}
    for story, ref in uses:
        pictures.setdefault(story, []).append(ref)
    linked = _links(list(takes), inline=True)
    return [
        CardKey(story, take, tuple(s.uid for s in linked.get(story, ())), tuple(pictures.get(story, ())))
        for story, take in takes.items()
    ]


def cards_for(keys: Iterable[CardKey]) -> dict[CardKey, StoryCard]:
    """The cards of these keys with their links and pictures, without what only a story's own page shows."""
    by_story = {key.story: key for key in keys}
    linked, pictures = _links(list(by_story), inline=True), _pictures(list(by_story))
    return {
        by_story[story.pk]: card_of(story, linked=linked.get(story.pk, ()), pictures=pictures.get(story.pk, ()))
        for story in _with_page().filter(pk__in=by_story).select_related("take")
    }


def _newest(language: str, section: str | None, limit: int, *, with_page: bool = False) -> QuerySet[Story]:
    if section is None:
        return (_with_page() if with_page else _out()).filter(language=language).order_by(*NEWEST)[:limit]
    rows = InSection.objects.filter(language=language, section=section).order_by("-published", "story_id")
    if with_page:
        rows = rows.exclude(story__kind=LISTED_ONLY)
    ids = list(rows.values_list("story_id", flat=True)[:limit])
    return _out().filter(pk__in=ids).order_by(*NEWEST)


def on_days(languages: Collection[str], days: Collection[date]) -> dict[tuple[str, date], list[Headline]]:
    """By language and day of the newsroom's calendar, the stories first published then, newest first."""
    found: dict[tuple[str, date], list[Headline]] = {}
    rows = _out().filter(language__in=languages, day__in=days).order_by(*NEWEST)
    for row in rows.values_list(*HEADLINE_FIELDS, "day"):
        story = headline_of(row[:-1])
        found.setdefault((story.language, row[-1]), []).append(story)
    return found


def on_days_everywhere(days: Collection[date]) -> dict[date, list[tuple[Headline, str]]]:
    """The stories of all languages by day, each with its translation group, for sitemaps; oldest first."""
    found: dict[date, list[tuple[Headline, str]]] = {}
    rows = _out().filter(day__in=days).order_by("published", "id")
    for row in rows.values_list(*HEADLINE_FIELDS, "group", "day"):
        found.setdefault(row[-1], []).append((headline_of(row[:-2]), str(row[-2])))
    return found


def since(languages: Iterable[str], age: timedelta, limit: int) -> list[Headline]:
    """The stories of these languages first published at most `age` before the newest of them, newest first.

    Asked by language, which is how stories are indexed; a question to all of them at once would read the whole record.
    """
    found: list[Headline] = []
    newest_of_each = [n[0].published for tag in languages if (n := newest(tag, None, 1))]
    if newest_of_each:
        first = max(newest_of_each) - age
        for tag in languages:
            found += _headlines(_out().filter(language=tag, published__gt=first).order_by(*NEWEST)[:limit])
    return sorted(found, key=lambda story: story.published, reverse=True)[:limit]


def tallies(
    languages: Collection[str], first: date | None = None, last: date | None = None
) -> dict[str, dict[date, int]]:
    """By language, the days with stories and how many, oldest first; languages without any are left in."""
    rows = DayTally.objects.filter(language__in=languages, stories__gt=0).order_by("day")
    if first:
        rows = rows.filter(day__gte=first)
    if last:
        rows = rows.filter(day__lte=last)
    found: dict[str, dict[date, int]] = {language: {} for language in languages}
    for language, day, stories in rows.values_list("language", "day", "stories"):
        found[language][day] = stories
    return found


def month_tallies(language: str) -> dict[date, int]:
    """Months with stories, each by its first day, and how many stories; oldest first."""
    rows = DayTally.objects.filter(language=language, stories__gt=0)
    # Cut from the written day, which both databases write alike: a function of theirs for months is called row by row.
    months = rows.annotate(month=Substr(Cast("day", CharField()), 1, 7)).values_list("month").order_by("month")
    return {date.fromisoformat(f"{month}-01"): count for month, count in months.annotate(count=Sum("stories"))}


def neighbour_days(language: str, day: date) -> tuple[date | None, date | None]:
    """The nearest days before and after that have stories."""
    return day_before(language, day), day_after(language, day)


def day_before(language: str, day: date) -> date | None:
    """The nearest day before this one that has stories."""
    rows = DayTally.objects.filter(language=language, stories__gt=0, day__lt=day)
    return rows.order_by("-day").values_list("day", flat=True).first()


def day_after(language: str, day: date) -> date | None:
    """The nearest day after this one that has stories."""
    rows = DayTally.objects.filter(language=language, stories__gt=0, day__gt=day)
    return rows.order_by("day").values_list("day", flat=True).first()


def every_day(languages: Collection[str]) -> list[str]:
    """All days that have a story in any of these languages, oldest first, as written: "2026-11-22"."""
    rows = DayTally.objects.filter(language__in=languages, stories__gt=0).annotate(written=Cast("day", CharField()))
    return list(rows.order_by("written").values_list("written", flat=True).distinct())


def sections() -> list[Section]:
    """All sections, the listed ones in the navigation's order first."""
    return list(Section.objects.order_by(Case(When(listed=True, then=0), default=1), "position", "slug"))


def sections_out() -> set[tuple[str, str]]:
    """(language, section) pairs that have a story out."""
    return set(InSection.objects.order_by().values_list("language", "section").distinct())


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A story that was killed or taken down: its identity and hour, and no word of it."""

    uid: str
    at: datetime


def withdrawn(language: str, section: str | None, limit: int) -> list[Withdrawn]:
    """The newest withdrawals of a language, or of a section by its main filing; for feeds' tombstones (RFC 6721)."""
    # Literal, as in the index's own condition: SQLite proves no partial index for `IN` with parameters and would read all.
    # One without an address was dropped before anybody saw it.
    rows = Story.objects.filter(language=language, address__isnull=False).extra(
        where=["story_story.state IN ('killed', 'down')"]
    )
    if section is not None:
        rows = rows.filter(section=section)
    found = rows.order_by("-updated", "id").values_list("uid", "updated")[:limit]
    return [Withdrawn(str(uid), at) for uid, at in found if at is not None]


# --- one story ------------------------------------------------------------------------------------------------


def card(address: str) -> StoryCard | None:
    """The public story at an address, with all that its page shows; None where none is out."""
    return next(iter(cards([address])), None)


def cards(addresses: Sequence[str]) -> list[StoryCard]:
    """The public stories at these addresses, in the order given; addresses with none out, or no page, are left out."""
    stories = {s.address: s for s in _with_page().filter(address__in=addresses).select_related("take")}
    found = [stories[address] for address in addresses if address in stories]
    ids = [story.pk for story in found]
    translations, related, linked = _translations(found), _links(ids, inline=False), _links(ids, inline=True)
    before, pictures = _earlier(ids), _pictures(ids)
    return [
        card_of(
            story,
            translations=translations.get(story.pk, ()),
            related=related.get(story.pk, ()),
            earlier=before.get(story.pk, ()),
            linked=linked.get(story.pk, ()),
            pictures=pictures.get(story.pk, ()),
        )
        for story in found
    ]


def _earlier(ids: Sequence[int]) -> dict[int, tuple[Headline, ...]]:
    """The stories before each of these in its main section: two queries, however many are asked about."""
    before = Q(published__lt=OuterRef("published")) | Q(published=OuterRef("published"), pk__gt=OuterRef("pk"))
    # `<=` beside `before` says nothing new; it lets the index find the place to begin at.
    same = _with_page().filter(
        before, language=OuterRef("language"), section=OuterRef("section"), published__lte=OuterRef("published")
    )
    nth = [Subquery(same.order_by(*NEWEST).values("pk")[at : at + 1]) for at in range(EARLIER)]
    rows = Story.objects.filter(pk__in=ids).values_list("pk", *nth)
    found = {pk: [other for other in others if other is not None] for pk, *others in rows}
    wanted = {other for others in found.values() for other in others}
    named = Story.objects.filter(pk__in=wanted).values_list("pk", *HEADLINE_FIELDS)
    headlines = {row[0]: headline_of(row[1:]) for row in named}
    return {pk: tuple(headlines[other] for other in others if other in headlines) for pk, others in found.items()}


def later_addresses(language: str, section: str, published: datetime, pk: int) -> list[str]:
    """The pages that name a story (there or gone) as an earlier one."""
    after = Q(published__gt=published) | Q(published=published, pk__lt=pk)
    same = _with_page().filter(language=language, section=section, published__gte=published)
    return [a for a in same.filter(after).order_by("published", "-id").values_list("address", flat=True)[:EARLIER] if a]


def translation_sets(groups: Iterable[str]) -> dict[str, tuple[Headline, ...]]:
    """By translation group, the stories that are each other's translations: the first of each language, itself in."""
    sets: dict[str, dict[str, Headline]] = {}
    rows = _with_page().filter(group__in=set(groups)).order_by("language", "id")
    for row in rows.values_list(*HEADLINE_FIELDS, "group"):
        sibling = headline_of(row[:-1])
        sets.setdefault(str(row[-1]), {}).setdefault(sibling.language, sibling)
    return {group: tuple(siblings.values()) for group, siblings in sets.items()}


def _translations(stories: Iterable[Story]) -> dict[int, tuple[Headline, ...]]:
    stories = list(stories)
    siblings: dict[uuid.UUID, list[Headline]] = {}
    rows = _with_page().filter(group__in={s.group for s in stories}).order_by("language", "id")
    for row in rows.values_list(*HEADLINE_FIELDS, "group"):
        siblings.setdefault(row[-1], []).append(headline_of(row[:-1]))
    return {s.pk: _one_a_language(siblings.get(s.group, ()), s) for s in stories}


def _one_a_language(siblings: Iterable[Headline], story: Story) -> tuple[Headline, ...]:
    """Real sisters in other languages, the first of each: hreflang sets have one address a language."""
    first: dict[str, Headline] = {}
    for sibling in siblings:
        first.setdefault(sibling.language, sibling)
    mine = first.pop(story.language, None)
    # A second story of the same language in the group is nobody's translation: sets must be symmetric.
    return tuple(first.values()) if mine is not None and mine.uid == str(story.uid) else ()


def _links(ids: Sequence[int], *, inline: bool) -> dict[int, tuple[Headline, ...]]:
    rows = StoryLink.objects.filter(source_id__in=ids, inline=inline, target__state=State.OUT)
    fields = [f"target__{name}" for name in HEADLINE_FIELDS]
    found: dict[int, list[Headline]] = {}
    for row in rows.order_by("source_id", "position", "id").values_list("source_id", *fields):
        found.setdefault(row[0], []).append(headline_of(row[1:]))
    return {source: tuple(headlines) for source, headlines in found.items()}


def _pictures(ids: Sequence[int]) -> dict[int, tuple[PictureFile, ...]]:
    found: dict[int, list[PictureFile]] = {}
    rows = Picture.objects.filter(uses__story_id__in=ids).annotate(used_by=F("uses__story_id")).order_by("ref")
    for picture in rows:
        used_by: Any = getattr(picture, "used_by")  # noqa: B009 - the annotation above
        found.setdefault(used_by, []).append(picture_file(picture))
    return {story: tuple(files) for story, files in found.items()}


def public_pictures(refs: Iterable[str] | None = None) -> list[PictureFile]:
    """Pictures that a public story shows: all, or those of `refs` that are still shown."""
    rows = Picture.objects.filter(uses__isnull=False).distinct().order_by("ref")
    if refs is not None:
        rows = rows.filter(ref__in=list(refs))
    return [picture_file(picture) for picture in rows]


# --- all of it, for a full press --------------------------------------------------------------------------------


def every_address() -> Iterator[str]:
    """The address of every story that has a page, by language and day."""
    rows = _with_page().order_by("language", "published", "id").values_list("address", flat=True)
    return (address for address in rows.iterator(chunk_size=5000) if address)


def redirects(paths: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
    """(old path, address) of redirects to stories that have a page: all, or those of `paths`."""
    rows = Redirect.objects.filter(story__state=State.OUT).exclude(story__kind=LISTED_ONLY).order_by("path")
    if paths is not None:
        rows = rows.filter(path__in=list(paths))
    return ((path, address) for path, address in rows.values_list("path", "story__address").iterator() if address)


def was_withdrawn(address: str) -> bool:
    """Whether a story that stood at this address was killed or taken down (HTTP 410)."""
    return Story.objects.filter(address=address, state__in=(State.KILLED, State.TAKEN_DOWN)).exists()


def wrong_tallies() -> int:
    """How many days' tallies do not agree with the stories that are out."""
    kept = {(t.language, t.day): t.stories for t in DayTally.objects.filter(stories__gt=0)}
    counted = _out().order_by().values_list("language", "day").annotate(stories=Count("pk"))
    real = {(language, day): stories for language, day, stories in counted if day}
    return sum(1 for key in kept.keys() | real.keys() if kept.get(key) != real.get(key))
