"""One story by what a person types, and one batch for one act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from dateline.errors import ActRefused, UnknownStory
from dateline.formats import body as body_format
from dateline.formats import filed
from dateline.formats.body import Wall
from dateline.formats.filed import FiledCard, RelatedStory
from dateline.story import register
from dateline.story.addresses import AddressDesk
from dateline.story.cards import corrections_of
from dateline.story.identity import uid_of
from dateline.story.locked import Purpose, open_locked
from dateline.story.models import Filing, State, Story
from dateline.story.sectioning import SectionDesk
from dateline.story.writing import Batch, bases_of


def find_story(identity: str) -> Story:
    """The story by its own UUID or by the id it was filed under.

    Raises:
        UnknownStory: one text for "does not exist" and "not yours".
    """
    story = Story.objects.filter(uid=uid_of(identity)).select_related("take").first()
    if story is None:
        raise UnknownStory(
            f"There is no story {identity[:80]!r} that you may act on.",
            "Nothing was changed.",
            "Check the id; `dateline parse --json` and the desk show it.",
        )
    return story


def waiting_copy(story: Story) -> FiledCard | None:
    """The copy that waits to go out, where there is some."""
    filing = Filing.objects.filter(story=story).first()
    return filed.from_json(filing.card) if filing else None


def current_copy(story: Story) -> FiledCard:
    """What stands in the newest take, with the text below the wall, as copy that can be filed again."""
    take = story.take
    if take is None:
        raise refused(story, "it never went out", "Publish it first.")
    below = open_locked(take, Purpose.DESK)
    body = body_format.from_json(take.body)
    said = {
        "id": story.filed_id or str(story.uid),
        "kind": story.kind,
        "language": story.language,
        "dateline": take.dateline,
        "subjects": take.subjects,
        "urgency": take.urgency,
        **{
            key: getattr(take, key)
            for key in ("headline", "subheadline", "slugline", "summary", "byline", "lock_notice")
        },
        "sections": take.sections,
        "locked": take.locked,
    }
    links = story.links_out.filter(inline=False).order_by("position").select_related("target")
    related = tuple(RelatedStory(id=str(link.target.uid)) for link in links)
    card = filed.from_json(said)
    whole = (*body, Wall(), *below) if take.locked else body
    return replace(card, body=whole, related=related, corrections=corrections_of(take.corrections))


@contextmanager
def acting(story: Story, by: str, now: datetime, card: FiledCard | None = None) -> Iterator[tuple[Story, Batch]]:
    """The register's lock, the story as it stands inside it, and a batch that is written at the end."""
    with register.lock():
        fresh = Story.objects.select_related("take").get(pk=story.pk)
        bases = bases_of([(card, fresh.language)], now) if card else []
        batch = Batch(by=by, now=now, sections=SectionDesk(), addresses=AddressDesk(bases))
        yield fresh, batch
        batch.write()


def refused(story: Story, because: str, next_step: str) -> ActRefused:
    return ActRefused(f"This act was refused: {because}.", "Nothing was changed.", next_step, subject=str(story.uid))


def must_be_out(story: Story, act: str) -> None:
    if story.state != State.OUT:
        state = str(State(story.state).label).lower()
        final = story.state == State.KILLED
        next_step = "A kill is final: file the copy as a new story." if final else "Publish it first."
        raise refused(story, f"the story is {state}, so there is nothing to {act}", next_step)
