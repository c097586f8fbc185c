"""The newsroom's own settings: `newsroom.toml`, read once, checked, and the same for every room.

Shape (docs/contracts/newsroom-toml.md):
    languages, default_language, timezone, site_url, contact, [name], [tagline], [about]  (texts by language)
    [[sections]] slug, media_topic, [sections.labels]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from dateline.errors import NewsroomError

SPOKEN: Final = ("en", "be", "be-Latn", "ru")
"""Languages whose interface texts are complete; a newsroom publishes in some or all of them."""

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

RESERVED: Final = frozenset({"names", "archive", "about", "media", "sitemaps"})
"""Path segments below a language that no section may take."""

KEYS: Final = frozenset(
    {
        "languages",
        "default_language",
        "timezone",
        "site_url",
        "contact",
        "security_expires",
        "name",
        "tagline",
        "about",
        "sections",
    }
)
SECTION_KEYS: Final = frozenset({"slug", "labels", "media_topic"})

DEFAULT_NAME: Final = "Dateline"


@dataclass(frozen=True, slots=True)
class SectionSetting:
    slug: str
    labels: Mapping[str, str]
    media_topic: str = ""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What the agency is called, where it publishes, in which languages and sections. Texts are by language tag."""

    name: Mapping[str, str]
    tagline: Mapping[str, str]
    about: Mapping[str, str]
    languages: tuple[str, ...]
    default_language: str
    timezone: ZoneInfo
    site_url: str
    contact: str
    sections: tuple[SectionSetting, ...]
    source: str = ""

    def name_in(self, language: str) -> str:
        return in_language(self.name, language, self.default_language)


def in_language(texts: Mapping[str, str], language: str, fallback: str = "en") -> str:
    """The text in `language`, or in the nearest one there is; "" where there is none."""
    for tag in (language, fallback, *texts):
        if texts.get(tag):
            return texts[tag]
    return ""


def newsroom() -> Newsroom:
    """The newsroom of this process, by `settings.DATELINE_DATA`."""
    return _read_cached(Path(settings.DATELINE_DATA) / "newsroom.toml")


@cache
def _read_cached(path: Path) -> Newsroom:
    return read_newsroom(path)


def forget_newsroom() -> None:
    """Read `newsroom.toml` again at the next question."""
    _read_cached.cache_clear()


def read_newsroom(path: Path) -> Newsroom:
    """Read and check a `newsroom.toml`; where there is none, the plain default agency.

    Raises:
        NewsroomError: names the key that is wrong.
    """
    if not path.exists():
        return parse_newsroom("", path)
    return parse_newsroom(path.read_text(encoding="utf-8"), path)


def parse_newsroom(text: str, path: Path) -> Newsroom:
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as refusal:
        raise _wrong(path, str(refusal)) from refusal
    _only(said, KEYS, path)
    languages = tuple(said.get("languages", ("en", "be", "ru")))
    unknown = set(languages) - set(SPOKEN)
    if unknown or not languages:
        raise _wrong(path, f"languages: {sorted(unknown)} are not among {', '.join(SPOKEN)}")
    default = said.get("default_language", languages[0])
    if default not in languages:
        raise _wrong(path, f"default_language {default!r} is not one of languages")
    return Newsroom(
        name=_texts(said, "name", path) or {default: DEFAULT_NAME},
        tagline=_texts(said, "tagline", path),
        about=_texts(said, "about", path),
        languages=languages,
        default_language=default,
        timezone=_zone(said.get("timezone", "UTC"), path),
        site_url=_site_url(said.get("site_url", "http://127.0.0.1:8000/"), path),
        contact=str(said.get("contact", "")),
        sections=tuple(_section(entry, path) for entry in said.get("sections", ())),
        source=text,
    )


def _only(said: Mapping[str, Any], known: frozenset[str], path: Path) -> None:
    """A key we do not know is a slip of the pen, and a setting that is silently not there."""
    unknown = sorted(set(said) - known)
    if unknown:
        raise _wrong(path, f"{unknown[0]!r} is not a key; known are {', '.join(sorted(known))}")


def _texts(said: Mapping[str, Any], key: str, path: Path) -> dict[str, str]:
    value = said.get(key, {})
    if isinstance(value, str):
        return dict.fromkeys(SPOKEN, value)
    if not isinstance(value, Mapping) or set(value) - set(SPOKEN):
        raise _wrong(path, f"{key} is text, or a table of texts by language ({', '.join(SPOKEN)})")
    return {str(tag): str(text) for tag, text in value.items()}


def _zone(key: str, path: Path) -> ZoneInfo:
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError) as refusal:
        raise _wrong(path, f"timezone {key!r} is not in the time zone database") from refusal


def _site_url(value: str, path: Path) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise _wrong(path, f"site_url {value!r} is not http(s)://host/")
    return value if value.endswith("/") else value + "/"


def _section(entry: Mapping[str, Any], path: Path) -> SectionSetting:
    _only(entry, SECTION_KEYS, path)
    slug = str(entry.get("slug", ""))
    if not SLUG.fullmatch(slug) or slug in RESERVED:
        raise _wrong(
            path, f"a section's slug is {slug!r}; small letters, digits and hyphens, and not {sorted(RESERVED)}"
        )
    return SectionSetting(
        slug, _texts(entry, "labels", path) or {"en": slug.title()}, str(entry.get("media_topic", ""))
    )


def _wrong(path: Path, what: str) -> NewsroomError:
    return NewsroomError(f"{what}.", "Nothing was changed.", f"Mend {path.name} and start again.", subject=path.name)
