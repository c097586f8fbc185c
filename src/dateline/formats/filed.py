"""A story as somebody filed it: the contract's story card, read and written (docs/contracts/story-card.md).

This is what readers of files give and what `story` takes in. It may hold locked text (below a wall, or all of it) and
an editors' note, so no surface is ever made from it: surfaces read `story_card.StoryCard`.

Promises kept here:
- `from_json(to_json(card)) == card`;
- fields the contract does not know are ignored on reading and never written;
- a field of the wrong shape raises `CardError` and names the field.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final, TypeVar

from dateline.errors import CardError
from dateline.formats import body as body_format
from dateline.formats.body import Body, clean_line, clean_text
from dateline.formats.story_card import Correction, Dateline, Subject

T = TypeVar("T")

STATUSES: Final = ("usable", "withheld", "canceled", "embargoed", "draft")
KINDS: Final = ("story", "headline", "advisory", "package", "picture", "video", "planning")
SIGNALS: Final = ("first", "update", "correction", "kill", "advisory", "flash")
SUBJECT_KINDS: Final = ("topic", "person", "organisation", "place", "event")
MOST_SECTIONS: Final = 50
"""Sections one story may stand in; more is an accident, and each would be pressed at every act."""

LONGEST_LINE: Final = 2_000
"""Characters a headline, byline or section may have; more is not a headline but an accident or an attack."""
LARGEST_VERSION: Final = 2**63 - 1
"""What a database keeps as one whole number."""


@dataclass(frozen=True, slots=True)
class RelatedStory:
    headline: str = ""
    href: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    format: str
    file: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class FiledCard:
    """One story found in an input. Names and meanings are the contract's; empty means "the input does not say".

    `locked` is None where the input does not say; what is unknown is treated as locked when it goes out.
    `address` is the story's old address where the input tells it: read, never written, so that it can redirect.
    `made` lists fields that were made rather than given ("id"); `time_notes` those whose time had no offset.
    """

    id: str
    version: str | int | None = None
    status: str = "usable"
    kind: str = "story"
    signal: str = ""
    language: str = ""
    headline: str = ""
    subheadline: str = ""
    slugline: str = ""
    summary: str = ""
    byline: str = ""
    note: str = ""
    dateline: Dateline | None = None
    first_created: datetime | None = None
    version_created: datetime | None = None
    published: datetime | None = None
    embargoed_until: datetime | None = None
    urgency: int | None = None
    sections: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    body: Body = ()
    locked: bool | None = None
    lock_notice: str = ""
    translation_of: str = ""
    slug: str = ""
    corrections: tuple[Correction, ...] = ()
    related: tuple[RelatedStory, ...] = ()
    address: str = field(default="", compare=False)
    source: Source | None = None
    repairs: tuple[str, ...] = ()
    time_notes: tuple[str, ...] = ()
    made: tuple[str, ...] = field(default=())

    def digest(self) -> str:
        """SHA-256 of what the story says, whatever file it came in: equal digests are the same copy."""
        said = to_json(self)
        for key in ("source", "repairs", "time_notes", "made", "version", "version_created"):
            said.pop(key, None)
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


_LINES: Final = ("headline", "subheadline", "slugline", "byline", "language", "lock_notice", "translation_of", "slug")
_TEXTS: Final = ("summary", "note")
_TIMES: Final = ("first_created", "version_created", "published", "embargoed_until")
_LISTS: Final = ("repairs", "time_notes", "made")


def to_json(card: FiledCard) -> dict[str, Any]:
    """The card as the contract's object; what the input did not give is absent."""
    said: dict[str, Any] = {"id": card.id}
    if card.version is not None:
        said["version"] = card.version
    said["status"], said["kind"] = card.status, card.kind
    for key in ("signal", "language", "headline", "subheadline", "slugline", "summary", "byline", "note"):
        _put(said, key, getattr(card, key))
    if card.dateline:
        said["dateline"] = dateline_to_json(card.dateline)
    for key in _TIMES:
        when = getattr(card, key)
        if when is not None:
            said[key] = when.isoformat()
    _put(said, "urgency", card.urgency)
    _put(said, "sections", list(card.sections))
    _put(said, "subjects", [subject_to_json(subject) for subject in card.subjects])
    _put(said, "body", body_format.to_json(card.body))
    if card.locked is not None:
        said["locked"] = card.locked
    for key in ("lock_notice", "translation_of", "slug"):
        _put(said, key, getattr(card, key))
    _put(said, "corrections", [{"at": c.at.isoformat(), "note": c.note} for c in card.corrections])
    _put(said, "related", [_filled({"headline": r.headline, "href": r.href, "id": r.id}) for r in card.related])
    if card.source:
        said["source"] = _filled(
            {"format": card.source.format, "file": card.source.file, "encoding": card.source.encoding}
        )
    for key in _LISTS:
        _put(said, key, list(getattr(card, key)))
    return said


def from_json(said: object) -> FiledCard:
    """Read one contract object.

    Raises:
        CardError: no id, or a field of the wrong shape; names the field.
        BodyError: a block that is not ours.
    """
    if not isinstance(said, Mapping):
        raise _wrong("the card", "is not an object")
    values: dict[str, Any] = {"id": _identity(said), "version": _version(said.get("version"))}
    values["status"] = _one_of(said, "status", STATUSES, "usable")
    values["kind"] = _one_of(said, "kind", KINDS, "story")
    values["signal"] = _one_of(said, "signal", ("", *SIGNALS), "")
    values |= {key: _line(said, key) for key in _LINES}
    values |= {key: _text(said, key) for key in _TEXTS}
    values |= {key: _time(said[key], key) if said.get(key) else None for key in _TIMES}
    values["slug"] = _slug(values["slug"])
    values["address"] = _line(said, "address")
    values["urgency"] = _urgency(said.get("urgency"))
    values["sections"] = tuple(_lines(said, "sections"))
    if len(values["sections"]) > MOST_SECTIONS:
        raise _wrong("sections", f"has {len(values['sections']):,} names; at most {MOST_SECTIONS} are taken")
    values["subjects"] = _each(said, "subjects", _subject_from_json)
    values["body"] = body_format.from_json(said.get("body", ()))
    values["locked"] = _locked(said.get("locked"))
    values["dateline"] = _dateline_from_json(said["dateline"]) if said.get("dateline") else None
    values["corrections"] = _each(said, "corrections", _correction_from_json)
    values["related"] = _each(said, "related", _related_from_json)
    values["source"] = _source_from_json(said["source"]) if said.get("source") else None
    values |= {key: tuple(_lines(said, key)) for key in _LISTS}
    return FiledCard(**values)


# --- writing --------------------------------------------------------------------------------------------------


def _put(said: dict[str, Any], key: str, value: object) -> None:
    if value or (value == 0 and value is not False):
        said[key] = value


def _filled(fields: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in fields.items() if value}


def dateline_to_json(dateline: Dateline) -> dict[str, str]:
    when = dateline.date.isoformat() if dateline.date else ""
    return _filled({"text": dateline.text, "place": dateline.place, "date": when, "agency": dateline.agency})


def subject_to_json(subject: Subject) -> dict[str, str]:
    return _filled({"name": subject.name, "kind": subject.kind, "uri": subject.uri})


# --- reading --------------------------------------------------------------------------------------------------


def parse_time(value: str) -> datetime:
    """An RFC 3339 time; one without an offset is taken as UTC (note it in `time_notes` yourself).

    Raises:
        ValueError: not a time, or a year that no newsroom can mean (before 1500 or after 2200).
    """
    when = datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
    if not 1500 <= when.year <= 2200:
        raise ValueError(f"the year {when.year} cannot be meant")
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _time(value: object, key: str) -> datetime:
    if isinstance(value, str):
        try:
            return parse_time(value)
        except ValueError as refusal:
            raise _wrong(key, f"is no time we can keep ({str(refusal)[:80]})") from refusal
    raise _wrong(key, "is not text")


def _identity(said: Mapping[str, Any]) -> str:
    value = said.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not clean_line(value):
        raise _wrong("id", "is missing")
    return line_of(value, "id")


def _version(value: object) -> str | int | None:
    if isinstance(value, str):
        return line_of(value, "version")
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_VERSION):
        return value
    raise _wrong("version", f"is neither text nor a whole number up to {LARGEST_VERSION}")


def _one_of(said: Mapping[str, Any], key: str, known: tuple[str, ...], default: str) -> str:
    value = said.get(key) or default
    if value not in known:
        raise _wrong(key, f"is {str(value)[:40]!r}; known are {', '.join(filter(None, known))}")
    return str(value)


def _line(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(key, "is not text")
    return line_of(value, key)


def line_of(value: str, key: str) -> str:
    """A field of one line, cleaned.

    Raises:
        CardError: longer than `LONGEST_LINE`; the message names the field `key`.
    """
    cleaned = clean_line(value)
    if len(cleaned) > LONGEST_LINE:
        raise _wrong(key, f"has {len(cleaned):,} characters; at most {LONGEST_LINE:,} are taken")
    return cleaned


def is_safe_slug(slug: str) -> bool:
    """Whether a slug is one step of an address: no slash of either kind, no "." or ".."."""
    return slug not in (".", "..") and "/" not in slug and "\\" not in slug


def _slug(slug: str) -> str:
    if not is_safe_slug(slug):
        raise _wrong("slug", f"is {slug[:40]!r}, which is more than one step of an address")
    return slug


def _text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(key, "is not text")
    return clean_text(value).strip()


def _lines(said: Mapping[str, Any], key: str) -> list[str]:
    values = said.get(key) or ()
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        raise _wrong(key, "is not a list of text")
    cleaned = (line_of(value, key) for value in values)
    return list(dict.fromkeys(value for value in cleaned if value))


def _each(said: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    values = said.get(key) or ()
    if not isinstance(values, list | tuple) or not all(isinstance(value, Mapping) for value in values):
        raise _wrong(key, "is not a list of objects")
    return tuple(read(value) for value in values)


def _urgency(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 9:
        return value
    raise _wrong("urgency", f"is {str(value)[:20]!r}; 1 (highest) to 9 are known")


def _locked(value: object) -> bool | None:
    # An unknown lock state is locked: nobody may open a story by a word we do not know.
    return value if value is None or isinstance(value, bool) else True


def _subject_from_json(said: Mapping[str, Any]) -> Subject:
    kind = _line(said, "kind") or "topic"
    return Subject(_line(said, "name"), kind if kind in SUBJECT_KINDS else "topic", _line(said, "uri"))


def _correction_from_json(said: Mapping[str, Any]) -> Correction:
    return Correction(_time(said.get("at"), "corrections.at"), _text(said, "note"))


def _related_from_json(said: Mapping[str, Any]) -> RelatedStory:
    return RelatedStory(_line(said, "headline"), _line(said, "href"), _line(said, "id"))


def _source_from_json(said: object) -> Source:
    if not isinstance(said, Mapping):
        raise _wrong("source", "is not an object")
    return Source(_line(said, "format"), _line(said, "file"), _line(said, "encoding"))


def _dateline_from_json(said: object) -> Dateline:
    if not isinstance(said, Mapping):
        raise _wrong("dateline", "is not an object")
    day = _line(said, "date")
    try:
        when = date.fromisoformat(day) if day else None
    except ValueError as refusal:
        raise _wrong("dateline.date", f"is {day[:20]!r}, not a date") from refusal
    return Dateline(_line(said, "text"), _line(said, "place"), when, _line(said, "agency"))


def _wrong(key: str, what: str) -> CardError:
    return CardError(f"{key} {what}.", "This story was not taken in.", "Mend that field and file the story again.")
