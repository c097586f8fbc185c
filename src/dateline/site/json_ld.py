"""A story as schema.org's NewsArticle, for search engines. There is no `articleBody`, ever: nothing can leak by it."""

from __future__ import annotations

import json
from typing import Any, Final

from markupsafe import Markup

from dateline.formats.body import Picture, pictures_in
from dateline.formats.story_card import StoryCard
from dateline.site.excerpt import description_of
from dateline.site.house import House, SectionLabels, shown_headline
from dateline.site.interface import stamp, texts
from dateline.site.markup import picture_address

WALL_CLASS: Final = "wall-notice"
"""Google, "Subscription and paywalled content": cssSelector is one class, and matches the element that is walled."""

_SUBJECT_TYPES: Final = {
    "person": "Person",
    "organisation": "Organization",
    "place": "Place",
    "event": "Event",
    "topic": "DefinedTerm",
}


def news_article(card: StoryCard, house: House, label: SectionLabels) -> Markup:
    """The content of a `<script type="application/ld+json">`, safe to stand in HTML."""
    return Markup(_safe(_article(card, house, label)))  # noqa: S704 - `_safe` leaves no < > &


def _safe(said: dict[str, Any]) -> str:
    # HTML 4.12.1.3: inside a script only "</script" and "<!--" matter; without "<" there is neither.
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _article(card: StoryCard, house: House, label: SectionLabels) -> dict[str, Any]:
    url = house.absolute(card.address)
    agency = {
        "@type": "NewsMediaOrganization",
        "name": house.agency(card.language),
        "url": house.absolute(f"{card.language}/"),
    }
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "identifier": f"urn:uuid:{card.uid}",
        "version": card.take,
        "url": url,
        "mainEntityOfPage": url,
        "headline": shown_headline(card, texts(card.language)),
        "description": description_of(card),
        "dateline": card.dateline.text if card.dateline else "",
        "datePublished": stamp(house.local(card.published)),
        "dateModified": stamp(house.local(card.updated)),
        "inLanguage": card.language,
        "articleSection": [label(card.language, slug) for slug in card.sections],
        "author": {"@type": "Person", "name": card.byline} if card.byline else agency,
        "publisher": agency,
        "about": [_subject(name=s.name, kind=s.kind, uri=s.uri) for s in card.subjects if s.name],
        "image": _images(card, house),
        "correction": _corrections(card, house),
        "workTranslation": [
            {"@type": "NewsArticle", "url": house.absolute(t.address), "inLanguage": t.language}
            for t in card.translations
            if t.language in house.languages
        ],
        "isAccessibleForFree": not card.locked,
    }
    if card.locked:
        said["hasPart"] = {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": f".{WALL_CLASS}",
        }
    return {key: value for key, value in said.items() if value not in ("", [])}


def _subject(*, name: str, kind: str, uri: str) -> dict[str, str]:
    said = {"@type": _SUBJECT_TYPES[kind], "name": name}
    return said | {"sameAs": uri} if uri.startswith(("http://", "https://")) else said


def _images(card: StoryCard, house: House) -> list[dict[str, Any]]:
    files = {file.ref: file for file in card.pictures}
    return [
        _image(picture, files[picture.src].sizes[-1], house)
        for picture in pictures_in(card.body)
        if picture.src in files and files[picture.src].sizes
    ]


def _image(picture: Picture, size: tuple[int, int, str], house: House) -> dict[str, Any]:
    width, height, stem = size
    said = {
        "@type": "ImageObject",
        "url": house.absolute(picture_address(stem, "jpg")),
        "width": width,
        "height": height,
        "caption": picture.caption or picture.alt,
        "creditText": picture.credit,
    }
    return {key: value for key, value in said.items() if value}


def _corrections(card: StoryCard, house: House) -> list[dict[str, str]]:
    return [
        {"@type": "CorrectionComment", "text": c.note, "datePublished": stamp(house.local(c.at))}
        for c in card.corrections
    ]
