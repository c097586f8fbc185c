"""What an act changed for readers: the facts that a surface needs to say which of its outputs are touched.

A `Change` is plain: story's sections before and after, and the pages around it that name it. Finding those takes a
fixed number of queries and gives a bounded number of pages, whatever the size of the archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dateline.formats import body as body_format
from dateline.formats.body import pictures_in
from dateline.formats.story_card import Headline
from dateline.story import reads
from dateline.story.cards import HEADLINE_FIELDS, headline_of
from dateline.story.models import Act, ActKind, Redirect, State, Story, StoryLink, Take


@dataclass(frozen=True, slots=True)
class Change:
    """One act as readers will see it.

    Args:
        sections: slugs the story stood under before the act or stands under after it.
        beside: addresses of other pages that name the story: translations, later ones of its section.
        linking: stories whose text or list of related stories points here.
        days_around: the nearest days before and after with stories of this language.
        pictures: `picture:` refs shown before or after.
        old_paths: old addresses that redirect here.
    """

    seq: int
    kind: str
    uid: str
    language: str
    address: str
    day: date
    published: datetime
    sections: tuple[str, ...]
    beside: tuple[str, ...] = ()
    linking: tuple[Headline, ...] = ()
    days_around: tuple[date, ...] = ()
    pictures: tuple[str, ...] = ()
    old_paths: tuple[str, ...] = ()


def change_of(act: Act) -> Change:
    """The change of a row of the register, with the record as it stands now."""
    story = act.story
    if story.address is None or story.day is None or story.published is None:
        raise ValueError(f"act {act.seq} is about a story that never went out")
    shown = _takes_around(act)
    sections = tuple(dict.fromkeys(section for take in shown for section in take.sections))
    mains = tuple(dict.fromkeys(take.sections[0] if take.sections else "" for take in shown))
    before, after = reads.neighbour_days(story.language, story.day)
    return Change(
        seq=act.seq,
        kind=act.kind,
        uid=str(story.uid),
        language=story.language,
        address=story.address,
        day=story.day,
        published=story.published,
        sections=sections,
        beside=_beside(story, story.published, mains),
        linking=_linking(story),
        days_around=tuple(day for day in (before, after) if day),
        pictures=tuple(dict.fromkeys(p.src for take in shown for p in pictures_in(body_format.from_json(take.body)))),
        old_paths=tuple(Redirect.objects.filter(story=story).order_by("path").values_list("path", flat=True)),
    )


def _takes_around(act: Act) -> list[Take]:
    """The take that stood before the act and the one that stands after it."""
    if act.take is None:
        return []
    numbers = [act.take.number] if act.kind in (ActKind.KILL, ActKind.TAKEDOWN) else [act.take.number - 1]
    earlier: Sequence[Take] = list(Take.objects.filter(story=act.story, number__in=numbers))
    return [*earlier, act.take]


def _beside(story: Story, published: datetime, mains: tuple[str, ...]) -> tuple[str, ...]:
    siblings = Story.objects.filter(group=story.group, state=State.OUT).exclude(pk=story.pk)
    found = [address for address in siblings.order_by("pk").values_list("address", flat=True) if address]
    for main in mains:
        found += reads.later_addresses(story.language, main, published, story.pk)
    return tuple(dict.fromkeys(found))


def _linking(story: Story) -> tuple[Headline, ...]:
    rows = StoryLink.objects.filter(target=story, source__state=State.OUT).order_by("source_id")
    found = rows.values_list(*(f"source__{name}" for name in HEADLINE_FIELDS))
    return tuple(dict.fromkeys(headline_of(row) for row in found))
