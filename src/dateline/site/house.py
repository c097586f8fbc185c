"""The newsroom as its pages need it: names, labels, and the parts of a page that are the same on thousands of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from markupsafe import Markup

from dateline.formats.body import clean_line
from dateline.formats.story_card import Headline, StoryCard
from dateline.site.interface import Texts, in_zone
from dateline.site.kept import Written
from dateline.story import reads
from dateline.story.newsroom import Newsroom, in_language, newsroom
from dateline.story.reads import CardKey


class House:
    """One newsroom's settings, and a cache of what is rendered from them alone."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        self._kept: dict[tuple[str, ...], Markup] = {}
        self.items: dict[CardKey, Written] = {}
        self.lines: dict[tuple[Headline, str, str, bool], Markup] = {}
        self._labels = {
            (language, setting.slug): in_language(setting.labels, language, room.default_language) or setting.slug
            for language in room.languages
            for setting in room.sections
        }

    @property
    def languages(self) -> tuple[str, ...]:
        return self.room.languages

    @property
    def listed(self) -> list[str]:
        """Slugs of the sections that every page's navigation names, in its order."""
        return [setting.slug for setting in self.room.sections]

    def agency(self, language: str) -> str:
        return clean_line(self.room.name_in(language))

    def tagline(self, language: str) -> str:
        """In this language or not at all: another's words under our name would be read in the wrong voice."""
        return clean_line(self.room.tagline.get(language, ""))

    def about(self, language: str) -> tuple[str, list[str]]:
        """The newsroom's words about itself, by paragraphs (parted by an empty line), and their language."""
        own = language if self.room.about.get(language) else self.room.default_language
        text = self.room.about.get(own, "")
        return own, [line for part in text.split("\n\n") if (line := clean_line(part))]

    def listed_label(self, language: str, slug: str) -> str:
        return self._labels[language, slug]

    def absolute(self, address: str) -> str:
        return self.room.site_url + address

    def local(self, at: datetime) -> datetime:
        return in_zone(at, self.room.timezone)

    def keep(self, key: tuple[str, ...], make: Callable[[], Markup]) -> Markup:
        """A part of a page that the record does not touch, made once."""
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = make()
        return kept


class SectionLabels:
    """Labels of sections by slug; the record is asked, once, only for those that newsroom.toml does not list."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known = dict(house._labels)
        self._asked = False

    def __call__(self, language: str, slug: str) -> str:
        found = self._known.get((language, slug))
        if found is None and not self._asked:
            self._ask()
            found = self._known.get((language, slug))
        return found or slug

    def _ask(self) -> None:
        self._asked = True
        room = self._house.room
        for section in reads.sections():
            for language in room.languages:
                label = in_language(section.labels, language, room.default_language) or section.slug
                self._known.setdefault((language, section.slug), label)


_house: House | None = None


def house() -> House:
    """The house of this process's newsroom; made anew when `newsroom.toml` was read anew."""
    global _house
    room = newsroom()
    if _house is None or _house.room is not room:
        _house = House(room)
    return _house


def shown_headline(story: Headline | StoryCard, words: Texts) -> str:
    """The headline, or the quiet words that stand where none was filed."""
    return story.headline or words["no_headline"]
