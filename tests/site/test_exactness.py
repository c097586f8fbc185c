"""The press's promise, for this room: rendering what each act touches gives the tree that rendering everything gives."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest

from dateline.formats.body import Body, Paragraph, Run, Wall, plain
from dateline.formats.filed import FiledCard, RelatedStory
from dateline.press.surfaces import surfaces
from dateline.site import house as house_of_site
from dateline.story import register
from dateline.story.actions.correct import correct
from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.actions.kill import kill, takedown
from dateline.story.changes import change_of
from dateline.story.models import State, Story

OURS = {"story", "redirect", "day", "month", "archive", "front", "section", "feed", "sitemap", "plain"}
LANGUAGES = ("en", "be", "be-Latn", "ru")
SECTIONS = ("Politics", "Economy", "Sport", "River port", "Weather")
FIRST = datetime(2025, 12, 30, 22, 30, tzinfo=UTC)
"""Half past midnight in Vilnius."""

DAYS = (0, 1, 2, 3, 40, 75)
"""After `FIRST`: across a month and a year, and alone in months of their own, which one kill empties."""

ROUNDS, ACTS_A_ROUND = 4, 9


class World:
    """A newsroom to which a die does things, and the tree that grows from what each act touches."""

    def __init__(self, seed: int) -> None:
        self.die = random.Random(seed)  # noqa: S311 - a die, not a key
        self.now = FIRST + timedelta(days=DAYS[-1] + 1)
        self.filed: dict[str, FiledCard] = {}
        self.tree = everything()
        self.seen = register.last_seq()

    # --- acts -------------------------------------------------------------------------------------------------

    def act(self) -> None:
        self.now += timedelta(minutes=1)
        what = self.die.choices(
            (self.publish, self.update, self.correct, self.kill, self.take_down), weights=(9, 5, 2, 2, 2)
        )[0]
        what()

    def publish(self) -> None:
        number = len(self.filed)
        at = FIRST + timedelta(days=self.die.choice(DAYS), minutes=self.die.randrange(3))
        others = list(self.filed)
        card = FiledCard(
            id=f"story-{number}",
            version=1,
            kind="headline" if self.die.random() < 0.15 else "story",
            language=self.die.choice(LANGUAGES),
            headline=f"Headline {number} <&>" if self.die.random() < 0.85 else "",
            published=at,
            translation_of=self.die.choice(others) if others and self.die.random() < 0.4 else "",
            address=self.die.choice((f"/old/{number}/", f"/old/{number}.html", f"/?p={number}", "/en/", "/old/same")),
            slug=f"s-{self.die.randrange(3)}",
        )
        self.file(self.told(card))

    def told(self, card: FiledCard) -> FiledCard:
        """The card with fresh sections, text, lock and links."""
        others = list(self.filed)
        related = tuple(RelatedStory(id=other) for other in self.die.sample(others, min(len(others), 2)))
        locked = self.die.random() < 0.4 and (card.locked is not False or card.version == 1)
        return FiledCard(
            **{
                **{name: getattr(card, name) for name in FiledCard.__slots__},
                "sections": tuple(self.die.sample(SECTIONS, self.die.randrange(3))),
                "body": () if card.kind == "headline" else self.body(others),
                "related": related if self.die.random() < 0.5 else (),
                "locked": locked,
                "summary": self.die.choice(("", "In short.")),
            }
        )

    def body(self, others: list[str]) -> Body:
        link = (Run("see this", ("link",), f"story:{self.die.choice(others)}"),) if others else ()
        return (
            Paragraph((Run("Words, "), *link)),
            Paragraph(plain(str(self.die.random()))),
            Wall(),
            Paragraph(plain("below the wall")),
        )

    def update(self) -> None:
        if not self.filed:
            return
        card = self.filed[self.die.choice(list(self.filed))]
        newer = self.told(card)
        fields = {name: getattr(newer, name) for name in FiledCard.__slots__}
        self.file(FiledCard(**{**fields, "version": int(str(card.version)) + 1, "version_created": self.now}))

    def file(self, card: FiledCard) -> None:
        self.filed[card.id] = card
        file_cards([card], by="die", now=self.now, wishes=Wishes(publish=True))

    def _one(self, *states: State) -> Story | None:
        found = list(Story.objects.filter(state__in=states).order_by("pk"))
        return self.die.choice(found) if found else None

    def correct(self) -> None:
        if story := self._one(State.OUT):
            correct(str(story.uid), note=f"Not {self.die.random()}.", by="die", now=self.now)

    def kill(self) -> None:
        if story := self._one(State.OUT, State.TAKEN_DOWN):
            kill(str(story.uid), why="x", by="die", now=self.now)

    def take_down(self) -> None:
        if story := self._one(State.OUT):
            takedown(str(story.uid), why="x", by="die", now=self.now)

    # --- pressing ---------------------------------------------------------------------------------------------

    def press(self) -> None:
        """What the press does: the changes of all acts since, then each touched path once, by surface."""
        acts = register.follow(self.seen, 1000)
        changes = [change_of(act) for act in acts]
        for surface in surfaces():
            if surface.name in OURS:
                paths = dict.fromkeys(path for change in changes for path in surface.touched(change))
                put(self.tree, surface.render(list(paths)))
        self.seen = register.last_seq()


def put(tree: dict[str, bytes], rendered) -> None:
    for path, content in rendered:
        if content is None:
            tree.pop(path, None)
        else:
            tree[path] = content


def everything() -> dict[str, bytes]:
    """All outputs from the record alone, with nothing kept from an earlier pressing."""
    house_of_site._house = None
    tree: dict[str, bytes] = {}
    for surface in surfaces():
        if surface.name in OURS:
            paths = list(surface.every())
            assert len(paths) == len(set(paths)), f"{surface.name} names a path twice"
            taken = set(paths) & set(tree)
            assert not taken, f"{surface.name} and another surface share {taken}"
            rendered = dict(surface.render(paths))
            missing = [path for path, content in rendered.items() if content is None]
            assert not missing, f"{surface.name} names what is not there: {missing}"
            put(tree, rendered.items())
    return tree


@pytest.mark.parametrize("at_once", [1, 4])
@pytest.mark.parametrize("seed", range(3))
def test_pressing_what_changed_equals_pressing_everything(newsroom, seed, at_once):
    world = World(seed)
    for _ in range(ROUNDS):
        for number in range(ACTS_A_ROUND):
            world.act()
            if number % at_once == 0:
                world.press()
        world.press()
        whole = everything()
        assert sorted(world.tree) == sorted(whole)
        wrong = [path for path in whole if world.tree[path] != whole[path]]
        assert not wrong


def test_the_order_and_size_of_batches_change_no_byte(newsroom):
    world = World(99)
    for _ in range(30):
        world.act()
    for surface in surfaces():
        if surface.name in OURS:
            paths = list(surface.every())
            together = dict(surface.render(paths))
            alone = {path: content for path in reversed(paths) for path, content in surface.render([path])}
            assert together == alone


def test_what_an_act_touches_does_not_grow_with_the_archive(newsroom):
    numbers = itertools.count()

    def touched_by_one_more() -> int:
        card = FiledCard(
            id=f"more-{next(numbers)}", language="en", headline="More", published=FIRST, locked=False,
            sections=("Politics",), body=(Paragraph(plain("More.")),),
        )  # fmt: skip
        file_cards([card], by="x", now=FIRST + timedelta(days=DAYS[-1] + 1), wishes=Wishes(publish=True))
        change = change_of(register.follow(register.last_seq() - 1, 1)[0])
        return sum(len(list(s.touched(change))) for s in surfaces() if s.name in OURS)

    touched_by_one_more()
    few = max(touched_by_one_more() for _ in range(3))
    for _ in range(40):
        touched_by_one_more()
    assert touched_by_one_more() <= few + 3  # its three later neighbours may not have been there
    assert touched_by_one_more() < 40
