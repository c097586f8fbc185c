"""A story as a feed carries it: ready pieces that RSS, Atom and JSON Feed put together, each made once.

A free story stands in full; of a locked one, its free part and the notice that the rest is for subscribers. All
addresses are absolute: a feed is read far from our site.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dateline.formats.story_card import StoryCard
from dateline.site.excerpt import description_of
from dateline.site.house import House, SectionLabels, shown_headline
from dateline.site.interface import Texts, stamp, texts
from dateline.site.kept import Written
from dateline.site.markup import body_html, escaped, rendering


@dataclass(frozen=True, slots=True)
class Item:
    """One story of a feed. Times are in the newsroom's zone; `html` is the text, `html_escaped` the same for XML.

    `scheme` is the URL that makes a section's slug the newsroom's own in Atom's categories.
    """

    uid: str
    language: str
    scheme: str
    url: str
    title: str
    published: datetime
    updated: datetime
    author: str
    summary: str
    sections: tuple[tuple[str, str], ...]
    html: str
    html_escaped: str
    locked: bool
    take: int
    dateline: str
    corrections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A story that was withdrawn: its identity and hour, nothing else."""

    uid: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """One list of stories, whatever format it is written in. `address` is its folder's: "en/", "en/politics/"."""

    language: str
    address: str
    title: str
    agency: str
    about: str
    site_url: str
    items: tuple[Written, ...]
    gone: tuple[Tombstone, ...]
    updated: datetime

    @property
    def url(self) -> str:
        return self.site_url + self.address


def item_of(card: StoryCard, house: House, label: SectionLabels) -> Item:
    words = texts(card.language)
    html = _html(card, house, words)
    return Item(
        uid=card.uid,
        language=card.language,
        scheme=house.absolute(f"{card.language}/"),
        url=house.absolute(card.address),
        title=shown_headline(card, words),
        published=house.local(card.published),
        updated=house.local(card.updated),
        author=card.byline or house.agency(card.language),
        summary=description_of(card),
        sections=tuple((slug, label(card.language, slug)) for slug in card.sections),
        html=html,
        html_escaped=escaped(html),
        locked=card.locked,
        take=card.take,
        dateline=card.dateline.text if card.dateline else "",
        corrections=tuple((stamp(house.local(c.at)), c.note) for c in card.corrections),
    )


def _html(card: StoryCard, house: House, words: Texts) -> str:
    parts = [body_html(card, rendering(card, words, house.room.site_url, plain=True))]
    if card.locked:
        notice = words["wall_rest"] if card.body else words["wall_whole"]
        parts.append(f"<p><em>{escaped(notice)}</em></p>")
    if card.corrections:
        parts.append(f"<p><strong>{escaped(words.count('corrections', len(card.corrections)))}</strong></p>")
    for correction in card.corrections:
        when = words.moment(house.local(correction.at))
        parts.append(f"<p>{escaped(words['colon'].format(label=when, text=correction.note))}</p>")
    return "\n".join(filter(None, parts))
