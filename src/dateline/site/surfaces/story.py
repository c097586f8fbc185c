"""The page of a story: `{language}/{yyyy}/{mm}/{dd}/{slug}/index.html`.

It shows the story's card, and so depends on: its take, its translations, the stories that it is joined to or links to,
the three before it in its main section, and its sections' labels. An act on any of those names this page in its
`Change` (`beside`, `linking`), which is what `touched` reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from markupsafe import Markup

from dateline.formats.body import pictures_in
from dateline.formats.story_card import Headline, StoryCard
from dateline.press.surfaces import Surface
from dateline.site import links, pages
from dateline.site.excerpt import description_of
from dateline.site.house import House, SectionLabels, house, shown_headline
from dateline.site.interface import Texts, stamp, texts
from dateline.site.json_ld import news_article
from dateline.site.markup import body_html, picture_address, rendering
from dateline.site.pages import Frame
from dateline.site.recipe import recipe
from dateline.story import reads
from dateline.story.changes import Change

ROOT = links.STORY_ROOT


def touched(change: Change) -> list[str]:
    """The story's page, those of its translations, and those that name it."""
    addresses = (change.address, *change.beside, *(story.address for story in change.linking))
    return [links.output(address) for address in dict.fromkeys(addresses)]


def every() -> Iterator[str]:
    """Pages of stories in the newsroom's languages."""
    languages = {f"{language}/" for language in house().languages}
    return (links.output(a) for a in reads.every_address() if a[: a.index("/") + 1] in languages)


def render(paths: list[str]) -> Iterable[tuple[str, bytes | None]]:
    """The pages; None where no story is out, or in a language that the newsroom left."""
    at, label = house(), SectionLabels(house())
    cards = {card.address: card for card in reads.cards([links.address(path) for path in paths])}
    for path in paths:
        card = cards.get(links.address(path))
        yield path, story_page(card, at, label) if card and card.language in at.languages else None


def preview(card: StoryCard) -> bytes:
    """How a card would look, for the desk; its links lead nowhere until it is out."""
    at = house()
    return story_page(card, at, SectionLabels(at))


def story_page(card: StoryCard, house: House, label: SectionLabels) -> bytes:
    """The bytes of one story's page: a pure function of its card, the settings and the labels."""
    words = texts(card.language)
    headline = shown_headline(card, words)
    sisters = pages.sisters(house, card.language, card.address, card.translations)
    switch = pages.switch(house, card.language, ROOT, sisters)
    frame = Frame(
        language=card.language,
        root=ROOT,
        title=f"{headline} — {house.agency(card.language)}",
        canonical=card.address,
        switch=switch,
        alternates=pages.alternates(house, sisters),
        description=description_of(card),
        feeds=links.front(card.language),
    )
    content = _content(card, house, label, words)
    content["headline"] = headline
    content["translations"] = [s for s in switch if s.href and s.language in sisters]
    return pages.page("story", house, frame, content)


def _content(card: StoryCard, house: House, label: SectionLabels, words: Texts) -> dict[str, Any]:
    body = body_html(card, rendering(card, words, ROOT))
    return {
        "is_named": bool(card.headline),
        "sections": [
            {"href": ROOT + links.section(card.language, slug), "label": label(card.language, slug)}
            for slug in card.sections
        ],
        "subheadline": card.subheadline,
        "byline": card.byline,
        "published": _moment(card.published, house, words),
        "updated": _moment(card.updated, house, words) if card.updated > card.published else None,
        "locked": card.locked,
        "has_free_part": bool(card.body),
        "body": Markup(body),  # noqa: S704 - escaped word by word in `markup`
        "corrections": [_moment(c.at, house, words) | {"note": c.note} for c in card.corrections],
        "corrections_title": words.count("corrections", len(card.corrections)),
        "onward": list(_onward(card, house, label, words)),
        "image": _image(card, house),
        "json_ld": news_article(card, house, label),
    }


def _moment(at: datetime, house: House, words: Texts) -> dict[str, str]:
    local = house.local(at)
    return {"stamp": stamp(local), "words": words.moment(local)}


def _onward(card: StoryCard, house: House, label: SectionLabels, words: Texts) -> Iterator[dict[str, Any]]:
    """Where to read on: what the desk joined to the story, then what came before it in its section."""
    related = [story for story in card.related if story.has_text and story.language in house.languages]
    if related:
        yield {"title": words["related"], "stories": [_onward_line(s, card, house, words) for s in related]}
    told = {story.uid for story in related}
    earlier = [story for story in card.earlier if story.uid not in told]
    if earlier:
        section = card.sections[0] if card.sections else ""
        title = words["earlier"].format(section=label(card.language, section)) if section else words["earlier_plain"]
        yield {"title": title, "stories": [_onward_line(s, card, house, words) for s in earlier]}


def _onward_line(story: Headline, card: StoryCard, house: House, words: Texts) -> dict[str, Any]:
    at = house.local(story.published)
    return {
        "href": ROOT + story.address,
        "headline": shown_headline(story, words),
        "lang": story.language if story.language != card.language else "",
        "stamp": stamp(at),
        "date": words.day(at.date()),
        "locked": story.locked,
        "corrected": story.corrected,
    }


def _image(card: StoryCard, house: House) -> dict[str, Any] | None:
    """The first picture that we hold, at its largest, for Open Graph."""
    files = {file.ref: file for file in card.pictures if file.sizes}
    for picture in pictures_in(card.body):
        if picture.src in files:
            width, height, stem = files[picture.src].sizes[-1]
            url = house.absolute(picture_address(stem, "jpg"))
            return {"url": url, "width": width, "height": height, "alt": picture.alt}
    return None


SURFACE = Surface("story", 10, touched, every, render, recipe)
