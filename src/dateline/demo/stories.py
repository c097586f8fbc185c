"""The demonstration agency's stories: one TOML file for each event, read into cards in the order they were filed.

A file is named DAY-EVENT.toml and holds what all languages share, then a table for each language:

    published = 2026-11-09T11:20:00+02:00   # of the original; absent where `embargoed = true`
    original = "be"                         # the language it was written in; the others translate it
    sections = ["economy", "society"]       # slugs of newsroom.toml, the first is the main one
    urgency = 4                             # 1 highest to 9 lowest
    locked = true                           # then every body has a [[wall]]
    picture = "bridge"                      # then every body places it and every language describes it
    subjects = ["brod", "jadviha-kulba"]    # keys of names.toml

    [be]
    headline, subheadline, slug, summary, byline, body   # body: the markup of markup.py
    later_min = 25                          # minutes after `published` that a translation went out
    picture = { alt, caption, credit }

    [[versions]]
    at = 2026-11-09T15:00:00+02:00
    signal = "correction"                   # or "update" or "kill"
    [versions.be]
    note = "…"                              # for readers of a correction; the reason of a kill
    headline, subheadline, summary, body    # those that changed; instead of a whole body:
    edits = [{ old = "9~%", new = "7,5~%" }]  # each old text stands once in the body before it

Promises kept here:
- an unknown key, section, name, picture or sign of markup is an error, and then no story is given;
- everything but the embargoed story is the same at every call.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.demo.markup import Surroundings, read_body
from dateline.errors import BodyError, CardError
from dateline.formats.body import Body, Picture, Wall, clean_line
from dateline.formats.filed import FiledCard
from dateline.formats.story_card import Correction, Dateline, Subject

ROOM: Final = Path(__file__).parent
EMBARGO_DAYS: Final = 2
EMBARGO_HOUR: Final = time(6)

_FILE_NAME: Final = re.compile(r"(?:\d{4}-\d{2}-\d{2}|embargoed)-([a-z-]+)\.toml")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHARED: Final = {
    *("published", "original", "sections", "urgency", "locked", "embargoed"),
    *("picture", "subjects", "versions"),
}
_SAID: Final = {"headline", "subheadline", "slug", "summary", "byline", "body", "later_min", "picture"}
_NEEDED: Final = {"headline", "slug", "summary", "body"}
_CHANGED: Final = {"note", "headline", "subheadline", "summary", "body", "edits"}
_PICTURE_SAID: Final = {"alt", "caption", "credit"}
_SIGNALS: Final = ("correction", "update", "kill")


@dataclass(frozen=True, slots=True)
class Agency:
    """What the stories rely on: the settings, the names and the ways to open a copy."""

    zone: ZoneInfo
    languages: tuple[str, ...]
    sections: frozenset[str]
    names: Mapping[str, Mapping[str, str]]
    datelines: Mapping[str, Mapping[str, Any]]

    @classmethod
    def load(cls) -> Agency:
        settings = newsroom()
        return cls(
            zone=ZoneInfo(settings["timezone"]),
            languages=tuple(settings["languages"]),
            sections=frozenset(section["slug"] for section in settings["sections"]),
            names=_toml(ROOM / "names.toml"),
            datelines=_toml(ROOM / "datelines.toml"),
        )

    def dateline(self, day: date, language: str) -> Dateline:
        """How copy of that day opens, "November 9, Vyraj." for one."""
        said = self.datelines[language]
        text = said["pattern"].format(day=day.day, month=said["months"][day.month - 1], agency=said["agency"])
        return Dateline(text=text, date=day, agency=said["agency"])

    def subject(self, key: str, language: str) -> Subject:
        name = self.names[key]
        return Subject(name.get(language) or name["en"], name["kind"], f"name:{key}")


@dataclass(frozen=True, slots=True)
class Event:
    """One file: what happened, told in one or several languages."""

    slug: str
    where: str
    shared: Mapping[str, Any]
    told: Mapping[str, Mapping[str, Any]]


def newsroom() -> dict[str, Any]:
    """The agency's settings as written in newsroom.toml."""
    return _toml(ROOM / "newsroom.toml")


def picture_bytes(name: str) -> bytes:
    """The JPEG of a picture that a body calls `demo:NAME`.

    Raises:
        KeyError: there is no such picture.
    """
    path = ROOM / "pictures" / f"{name}.jpg"
    if not _SLUG.fullmatch(name) or not path.is_file():
        raise KeyError(name)
    return path.read_bytes()


def load_cards(now: datetime) -> list[FiledCard]:
    """Every version of every story, in the order they were filed; the embargoed one last.

    Args:
        now: aware; the embargo ends two days after it at 06:00 of the agency's clock. Nothing else depends on it.

    Raises:
        CardError: a file with a key, section, name or time that is not ours; names the file.
        BodyError: markup that is not ours.
    """
    agency = Agency.load()
    events = [_read_event(path, agency) for path in sorted((ROOM / "stories").glob("*.toml"))]
    by_slug = {event.slug: event for event in events}
    cards = [card for event in events for card in _cards_of(event, by_slug, agency, now)]
    return sorted(cards, key=lambda card: (card.status == "embargoed", card.version_created, card.id))


# --- a file -----------------------------------------------------------------------------------------------------


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _read_event(path: Path, agency: Agency) -> Event:
    named = _FILE_NAME.fullmatch(path.name)
    if not named:
        raise _wrong(path.name, "the file is not named DAY-EVENT.toml")
    read = _toml(path)
    told = {language: read.pop(language) for language in agency.languages if language in read}
    event = Event(named[1], path.name, read, told)
    _check_shared(event, agency)
    for language in told:
        _check_told(event, language)
    for version in read.get("versions", ()):
        _check_version(event, version)
    return event


def _check_shared(event: Event, agency: Agency) -> None:
    shared, where = event.shared, event.where
    _only(shared, _SHARED, where)
    if shared.get("original") not in event.told:
        raise _wrong(where, f"the original {shared.get('original')!r} is not one of its languages")
    if bool(shared.get("embargoed")) == ("published" in shared):
        raise _wrong(where, "a story is either embargoed or has the time it was published")
    if unknown := set(shared.get("sections") or ("none",)) - agency.sections:
        raise _wrong(where, f"unknown section {min(unknown)!r}")
    if unknown := set(shared.get("subjects", ())) - set(agency.names):
        raise _wrong(where, f"{min(unknown)!r} is not in names.toml")
    if "published" in shared and not where.startswith(shared["published"].date().isoformat()):
        raise _wrong(where, "the day in the name is not the day it was published")


def _check_told(event: Event, language: str) -> None:
    said, where = event.told[language], f"{event.where}, {language}"
    _only(said, _SAID, where)
    if missing := _NEEDED - set(said):
        raise _wrong(where, f"no {min(missing)}")
    if not _SLUG.fullmatch(said["slug"]):
        raise _wrong(where, f"{said['slug']!r} is no slug of plain Latin letters")
    if ("picture" in said) != ("picture" in event.shared):
        raise _wrong(where, "a picture is either named and described in each language, or absent")
    if "picture" in said and set(said["picture"]) != _PICTURE_SAID:
        raise _wrong(where, "a picture needs alt, caption and credit, and nothing else")


def _check_version(event: Event, version: Mapping[str, Any]) -> None:
    where = f"{event.where}, a later version"
    _only(version, {"at", "signal", *event.told}, where)
    if version.get("signal") not in _SIGNALS:
        raise _wrong(where, f"signal {version.get('signal')!r}; known are {', '.join(_SIGNALS)}")
    for language in event.told:
        _only(version.get(language, {}), _CHANGED, where)
        if not version.get(language, {}).get("note"):
            raise _wrong(where, f"no note in {language}")


def _only(table: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := set(table) - known:
        raise _wrong(where, f"unknown key {min(unknown)!r}")


def _wrong(where: str, what: str) -> CardError:
    return CardError(f"{where}: {what}.", "No story was read.", "Mend the file (demo/stories.py lists its keys).")


# --- its cards --------------------------------------------------------------------------------------------------


def _cards_of(event: Event, events: Mapping[str, Event], agency: Agency, now: datetime) -> Iterator[FiledCard]:
    for language, said in event.told.items():
        around = _surroundings(event, language, events)
        card = _first_card(event, language, _body(said["body"], event, around), agency, now)
        yield card
        body = said["body"]
        for version in event.shared.get("versions", ()):
            body = _edited(body, version[language], around.where)
            card = _next_card(card, version, _body(body, event, around), around.where)
            yield card


def _first_card(event: Event, language: str, body: Body, agency: Agency, now: datetime) -> FiledCard:
    shared, said = event.shared, event.told[language]
    ends = _embargo_end(now, agency.zone) if shared.get("embargoed") else None
    filed = (now if ends else shared["published"]) + timedelta(minutes=said.get("later_min", 0))
    original = shared["original"]
    return FiledCard(
        id=card_id(event.slug, language),
        version=1,
        status="embargoed" if ends else "usable",
        signal="first",
        language=language,
        headline=clean_line(said["headline"]),
        subheadline=clean_line(said.get("subheadline", "")),
        slugline=event.slug,
        summary=clean_line(said["summary"]),
        byline=clean_line(said.get("byline", "")),
        dateline=agency.dateline((ends or filed.astimezone(agency.zone)).date(), language),
        first_created=filed,
        version_created=filed,
        published=None if ends else filed,
        embargoed_until=ends,
        urgency=shared.get("urgency", 5),
        sections=tuple(shared["sections"]),
        subjects=tuple(agency.subject(key, language) for key in shared.get("subjects", ())),
        body=body,
        locked=bool(shared.get("locked")),
        translation_of="" if language == original else card_id(event.slug, original),
        slug=said["slug"],
    )


def _next_card(card: FiledCard, version: Mapping[str, Any], body: Body, where: str) -> FiledCard:
    at, said = version["at"], version[card.language]
    if card.version_created is None or at <= card.version_created:
        raise _wrong(where, f"the version of {at} is not later than the one before it")
    note = clean_line(said["note"])
    is_correction = version["signal"] == "correction"
    later = replace(
        card,
        version=int(card.version or 0) + 1,
        signal=version["signal"],
        version_created=at,
        note=note,
        headline=clean_line(said.get("headline", card.headline)),
        subheadline=clean_line(said.get("subheadline", card.subheadline)),
        summary=clean_line(said.get("summary", card.summary)),
        corrections=(*card.corrections, Correction(at, note)) if is_correction else card.corrections,
        body=body,
    )
    return replace(later, status="canceled", body=()) if later.signal == "kill" else later


def _edited(body: str, said: Mapping[str, Any], where: str) -> str:
    body = said.get("body", body)
    for edit in said.get("edits", ()):
        if set(edit) != {"old", "new"} or body.count(edit["old"]) != 1:
            raise _wrong(where, f"an edit needs old and new, and the old text once in the body: {str(edit)[:60]}")
        body = body.replace(edit["old"], edit["new"])
    return body


def card_id(event: str, language: str) -> str:
    """What a story of an event is called, the same for all its versions."""
    return f"demo-{event}-{language}"


def _embargo_end(now: datetime, zone: ZoneInfo) -> datetime:
    day = now.astimezone(zone).date() + timedelta(days=EMBARGO_DAYS)
    return datetime.combine(day, EMBARGO_HOUR, zone)


def _body(text: str, event: Event, around: Surroundings) -> Body:
    body = read_body(text, around)
    if bool(event.shared.get("locked")) != any(isinstance(block, Wall) for block in body):
        raise _wrong(around.where, "a story has a wall if it is locked, and only then")
    return body


def _surroundings(event: Event, language: str, events: Mapping[str, Event]) -> Surroundings:
    where = f"{event.where}, {language}"
    name, said = event.shared.get("picture"), event.told[language].get("picture", {})
    pictures = {name: Picture(f"demo:{name}", **{key: clean_line(said[key]) for key in said})} if name else {}

    def find_story(slug: str) -> str:
        found = events.get(slug)
        if not found or language not in found.told:
            raise BodyError(f"{where}: no story {slug!r} in {language}.", "No story was read.", "Mend the link.")
        return f"story:{card_id(slug, language)}"

    return Surroundings(where, pictures, find_story)
