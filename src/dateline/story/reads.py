"""Questions to the record about what is out, each answered in a fixed number of queries.

Lists are newest first: by first publication, and within one instant in the order they were taken in, so that a page's
listing keeps its order. Only stories that are out are ever answered.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Case, F, Q, QuerySet, When

from dateline.formats.story_card import Headline, PictureFile, StoryCard
from dateline.story.cards import HEADLINE_FIELDS, card_of, headline_of, picture_file
from dateline.story.models import DayTally, InSection, Picture, Redirect, Section, State, Story, StoryLink

EARLIER: Final = 3
"""Stories of its section that a page names as coming before it; so a change touches at most that many pages after it."""

NEWEST: Final = ("-published", "id")


def _out() -> QuerySet[Story]:
    return Story.objects.filter(state=State.OUT)


def _headlines(stories: QuerySet[Story]) -> list[Headline]:
    return [headline_of(row) for row in stories.values_list(*HEADLINE_FIELDS)]


# --- lists ----------------------------------------------------------------------------------------------------


def newest(language: str, section: str | None, limit: int) -> list[Headline]:
    """The newest stories of a language, or of one of its sections."""
    return _headlines(_newest(language, section, limit))


def newest_cards(language: str, section: str | None, limit: int) -> list[StoryCard]:
    """The same as cards with their links and pictures, for feeds of full text."""
    stories = list(_newest(language, section, limit).select_related("take"))
    ids = [story.pk for story in stories]
    linked, pictures = _links(ids, inline=True), _pictures(ids)
    return [card_of(s, linked=linked.get(s.pk, ()), pictures=pictures.get(s.pk, ())) for s in stories]


def _newest(language: str, section: str | None, limit: int) -> QuerySet[Story]:
    if section is None:
        return _out().filter(language=language).order_by(*NEWEST)[:limit]
    rows = InSection.objects.filter(language=language, section=section).order_by("-published", "story_id")
    ids = list(rows.values_list("story_id", flat=True)[:limit])
    return _out().filter(pk__in=ids).order_by(*NEWEST)


def on_day(language: str, day: date) -> list[Headline]:
    """The stories of a language first published on a day of the newsroom's calendar, newest first."""
    return _headlines(_out().filter(language=language, day=day).order_by(*NEWEST))


def on_day_everywhere(day: date) -> list[tuple[Headline, str]]:
    """The stories of all languages of a day with their translation group, for sitemaps; oldest first."""
    rows = _out().filter(day=day).order_by("published", "id").values_list(*HEADLINE_FIELDS, "group")
    return [(headline_of(row[:-1]), str(row[-1])) for row in rows]


def since(moment: datetime, limit: int) -> list[Headline]:
    """Stories of all languages first published after a moment, newest first."""
    return _headlines(_out().filter(published__gt=moment).order_by(*NEWEST)[:limit])


def newest_moment() -> datetime | None:
    """When the newest story of all went out."""
    return max((n[0].published for tag in languages_out() if (n := newest(tag, None, 1))), default=None)


def tallies(language: str, first: date | None = None, last: date | None = None) -> dict[date, int]:
    """Days with stories and how many, oldest first."""
    rows = DayTally.objects.filter(language=language, stories__gt=0).order_by("day")
    if first:
        rows = rows.filter(day__gte=first)
    if last:
        rows = rows.filter(day__lte=last)
    return dict(rows.values_list("day", "stories"))


def neighbour_days(language: str, day: date) -> tuple[date | None, date | None]:
    """The nearest days before and after that have stories."""
    rows = DayTally.objects.filter(language=language, stories__gt=0)
    before = rows.filter(day__lt=day).order_by("-day").values_list("day", flat=True).first()
    after = rows.filter(day__gt=day).order_by("day").values_list("day", flat=True).first()
    return before, after


def every_day() -> list[date]:
    """All days that have a story in any language, oldest first."""
    return list(DayTally.objects.filter(stories__gt=0).order_by("day").values_list("day", flat=True).distinct())


def languages_out() -> list[str]:
    """Languages that have a story out."""
    return sorted(set(DayTally.objects.filter(stories__gt=0).values_list("language", flat=True).distinct()))


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
    rows = Story.objects.filter(state__in=(State.KILLED, State.TAKEN_DOWN), language=language)
    if section is not None:
        rows = rows.filter(section=section)
    found = rows.order_by("-updated", "id").values_list("uid", "updated")[:limit]
    return [Withdrawn(str(uid), at) for uid, at in found if at is not None]


# --- one story ------------------------------------------------------------------------------------------------


def card(address: str) -> StoryCard | None:
    """The public story at an address, with all that its page shows; None where none is out."""
    return next(iter(cards([address])), None)


def cards(addresses: Sequence[str]) -> list[StoryCard]:
    """The public stories at these addresses, in the order given; addresses with none out are left out."""
    stories = {s.address: s for s in _out().filter(address__in=addresses).select_related("take")}
    found = [stories[address] for address in addresses if address in stories]
    ids = [story.pk for story in found]
    translations, related, linked = _translations(found), _links(ids, inline=False), _links(ids, inline=True)
    pictures = _pictures(ids)
    return [
        card_of(
            story,
            translations=translations.get(story.pk, ()),
            related=related.get(story.pk, ()),
            earlier=earlier(story),
            linked=linked.get(story.pk, ()),
            pictures=pictures.get(story.pk, ()),
        )
        for story in found
    ]


def earlier(story: Story) -> tuple[Headline, ...]:
    """The stories before this one in its main section."""
    before = Q(published__lt=story.published) | Q(published=story.published, pk__gt=story.pk)
    same = _out().filter(language=story.language, section=story.section, published__lte=story.published)
    return tuple(_headlines(same.filter(before).order_by(*NEWEST)[:EARLIER]))


def later_addresses(language: str, section: str, published: datetime, pk: int) -> list[str]:
    """The pages that name a story (there or gone) as an earlier one."""
    after = Q(published__gt=published) | Q(published=published, pk__lt=pk)
    same = _out().filter(language=language, section=section, published__gte=published)
    return [a for a in same.filter(after).order_by("published", "-id").values_list("address", flat=True)[:EARLIER] if a]


def _translations(stories: Iterable[Story]) -> dict[int, tuple[Headline, ...]]:
    stories = list(stories)
    siblings: dict[uuid.UUID, list[Headline]] = {}
    rows = _out().filter(group__in={s.group for s in stories}).order_by("language", "id")
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
    """The address of every story that is out, by language and day."""
    rows = _out().order_by("language", "published", "id").values_list("address", flat=True)
    return (address for address in rows.iterator(chunk_size=5000) if address)


def redirects(paths: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
    """(old path, address) of redirects to stories that are out: all, or those of `paths`."""
    rows = Redirect.objects.filter(story__state=State.OUT).order_by("path")
    if paths is not None:
        rows = rows.filter(path__in=list(paths))
    return ((path, address) for path, address in rows.values_list("path", "story__address").iterator() if address)


def was_withdrawn(address: str) -> bool:
    """Whether a story that stood at this address was killed or taken down (HTTP 410)."""
    return Story.objects.filter(address=address, state__in=(State.KILLED, State.TAKEN_DOWN)).exists()
