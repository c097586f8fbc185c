"""What a surface may show of a story. There is no field for locked text: what is not here cannot leak.

Every page, feed, sitemap and wire format is made from these. Locked blocks stand in a table of the record that no
builder of these classes reads (docs/decisions/0001-the-record-apart-from-the-editor.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dateline.formats.body import Body


@dataclass(frozen=True, slots=True)
class Dateline:
    """How the copy opens: "December 9, Ranak." `text` is exactly as filed; the rest is what it says."""

    text: str
    place: str = ""
    date: date | None = None
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, organisation, place, event or topic that a story names."""

    name: str
    kind: str = "topic"
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong, told to readers. `at` is aware."""

    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Headline:
    """A story as one line of a list.

    `address` is the path below the site's root, with its closing slash: "en/2026/11/22/bridge-opens/".
    Times are aware. `sections` are slugs, first is the main one.
    """

    uid: str
    address: str
    language: str
    headline: str
    published: datetime
    updated: datetime
    sections: tuple[str, ...]
    locked: bool
    summary: str = ""
    corrected: bool = False
    urgency: int = 5
    has_text: bool = True


@dataclass(frozen=True, slots=True)
class PictureFile:
    """One picture ready to show: the sizes made of it, smallest first, as (width, height, file stem).

    A stem names files in `media/` of the site: `stem + ".webp"`, `stem + ".jpg"`, `stem + ".avif"`.
    """

    ref: str
    sizes: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class StoryCard:
    """Everything a surface may show of one story as it stands.

    Args:
        uid: the story's own identity, a UUID; feeds say `urn:uuid:` before it, and it never changes.
        address: path below the site's root, with its closing slash.
        take: number of the take shown, 1 for the first.
        language: BCP 47 tag.
        body: the free part only; all of it where `locked` is false.
        locked: true where the text, or a part of it, is for members. Unknown counts as locked.
        published: when the first take went out; `updated`: when this one did. Aware.
        translations: the same story in other languages, itself left out, by language tag.
        related: stories that the desk joined to this one, in its order.
        earlier: the stories before this one in its main section, newest first.
        linked: the stories that the body's `story:UID` links mean; a link to a story not here is plain text.
        pictures: the files of the body's pictures, by `picture:ID`.
    """

    uid: str
    address: str
    take: int
    language: str
    headline: str
    published: datetime
    updated: datetime
    sections: tuple[str, ...]
    locked: bool
    subheadline: str = ""
    slugline: str = ""
    summary: str = ""
    byline: str = ""
    dateline: Dateline | None = None
    lock_notice: str = ""
    urgency: int = 5
    body: Body = ()
    subjects: tuple[Subject, ...] = ()
    corrections: tuple[Correction, ...] = ()
    translations: tuple[Headline, ...] = ()
    related: tuple[Headline, ...] = ()
    earlier: tuple[Headline, ...] = ()
    linked: tuple[Headline, ...] = ()
    pictures: tuple[PictureFile, ...] = ()
