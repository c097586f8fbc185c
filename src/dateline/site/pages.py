"""Rendering a page: one Jinja environment, and the frame that all pages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from dateline.formats.story_card import Headline
from dateline.site import links
from dateline.site.house import House
from dateline.site.interface import texts
from dateline.site.style import css, meta_csp

TEMPLATES: Final = Path(__file__).parent / "templates"


class Alternate(NamedTuple):
    """The same page in a language, for hreflang: an absolute URL."""

    language: str
    url: str


class Switch(NamedTuple):
    """One language of a page's language switch; `href` is empty for the language we are in."""

    language: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page's own content.

    Args:
        root: what comes before an address of our own: a relative way, or "/" for pages served anywhere (404).
        canonical: address below the root; absent (None) on pages that are nobody's original.
        alternates: the hreflang set, itself and x-default included; empty where there is no other language.
        current: slug of the section we are in, "front", or "".
        feeds: address of the folder whose feeds the page offers.
    """

    language: str
    root: str
    title: str
    canonical: str | None
    switch: Sequence[Switch]
    alternates: Sequence[Alternate] = ()
    description: str = ""
    current: str = ""
    feeds: str = ""


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["css"] = Markup(css())  # noqa: S704 - our own file
    made.globals["csp"] = meta_csp()
    return made


@cache
def _template(name: str) -> Template:
    return environment().get_template(f"{name}.html.jinja")


def part(name: str, **content: Any) -> Markup:
    """A piece of a page: template `name` with its content, ready to stand in another template."""
    return Markup(_template(name).render(content))  # noqa: S704 - our own template, escaped there


def page(name: str, house: House, frame: Frame, content: Mapping[str, Any]) -> bytes:
    """The bytes of a page: template `name`, its frame and its content."""
    words = texts(frame.language)
    html = _template(name).render(
        f=frame,
        t=words,
        agency=house.agency(frame.language),
        masthead=_masthead(house, frame),
        footer=_footer(house, frame),
        site_url=house.room.site_url,
        **content,
    )
    return html.encode()


def _masthead(house: House, frame: Frame) -> Markup:
    """Name and navigation; the same for all pages of a language, depth and place in the navigation."""
    language, root, current = frame.language, frame.root, frame.current

    def make() -> Markup:
        sections = [
            (slug, links.to(root, links.section(language, slug)), house.listed_label(language, slug))
            for slug in house.listed
        ]
        return part(
            "masthead",
            t=texts(language),
            agency=house.agency(language),
            tagline=house.tagline(language),
            front=links.to(root, links.front(language)),
            sections=sections,
            current=current,
        )

    return house.keep(("masthead", language, root, current), make)


def _footer(house: House, frame: Frame) -> Markup:
    language, root = frame.language, frame.root

    def make() -> Markup:
        return part(
            "footer",
            t=texts(language),
            agency=house.agency(language),
            archive=links.to(root, f"{language}/archive/"),
            about=links.to(root, f"{language}/about/"),
            feed=links.to(root, f"{language}/feed.xml"),
        )

    return house.keep(("footer", language, root), make)


# --- languages ------------------------------------------------------------------------------------------------


def switch(house: House, language: str, root: str, addresses: Mapping[str, str]) -> list[Switch]:
    """The languages of the newsroom: to the same page where `addresses` has it, else to that language's front."""
    return [
        Switch(
            tag,
            texts(tag)["name"],
            "" if tag == language else links.to(root, addresses.get(tag) or links.front(tag)),
        )
        for tag in house.languages
    ]


def alternates(house: House, addresses: Mapping[str, str]) -> list[Alternate]:
    """The hreflang set of one page in several languages, in the newsroom's order, with x-default at its end.

    `addresses` are by language, this page's own among them. One language alone has no set.
    """
    tags = [tag for tag in house.languages if tag in addresses]
    if len(tags) < 2:
        return []
    default = house.room.default_language if house.room.default_language in addresses else tags[0]
    found = [Alternate(tag, house.absolute(addresses[tag])) for tag in tags]
    return [*found, Alternate("x-default", house.absolute(addresses[default]))]


def sisters(house: House, language: str, address: str, translations: Sequence[Headline]) -> dict[str, str]:
    """Addresses of one story by language: itself, and its translations that have a page of their own."""
    others = {t.language: t.address for t in translations if t.has_text and t.language in house.languages}
    return others | {language: address}
