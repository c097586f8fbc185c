"""A saved agency page, as text: one story, a promoted headline, and the listing below it.

Its shape: the headline; the copy, one paragraph a line; the headline of
a promoted story; then entries, each after "- ": section names run together with the headline, and the notice at the
end where the text is for members.

What is told apart by what stands on the page alone:
- the notice is the ending that locked entries share, or one of the phrases of page.toml;
- a section is one of the newsroom's, one that stands alone as an entry, or what runs into a capital letter.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Final

from dateline.errors import DatelineError
from dateline.formats.body import Body, Paragraph, Wall, clean_line, plain, text_of
from dateline.formats.datelines import take_dateline
from dateline.formats.filed import FiledCard, RelatedStory, Source
from dateline.formats.readers.decoding import decode
from dateline.formats.readers.found import Asked, Reading, unreadable
from dateline.formats.readers.making import made_id, make_card

_ENTRY: Final = re.compile(r"-\s+(?=\S)")  # a hyphen: a dash opens direct speech in Belarusian and Russian copy
_SENTENCE_END: Final = re.compile(r"[.!?…:;][»”’\"')\]]*$")
_SMALL: Final = r"a-zß-öø-ÿа-яёіўґćčłńŭśšžź"
_RUN_TOGETHER: Final = re.compile(rf"(?<=[{_SMALL}+)])(?=[^\W\d_{_SMALL}]|[“«\"„‘0-9])")
_SHARED_NOTICE: Final = 3
"""Words an ending must have to be a notice; two headlines may well share their last two."""
LONGEST_SECTION: Final = 40
MOST_ENTRIES: Final = 2_000
"""Entries of one listing; each is looked at beside all others, and no page shows a tenth of these."""


@dataclass(frozen=True, slots=True)
class _Parts:
    headline: str
    copy: tuple[str, ...]
    promoted: str
    entries: tuple[str, ...]
    others: int


@dataclass(frozen=True, slots=True)
class _Entry:
    sections: tuple[str, ...]
    headline: str
    notice: str


def read_page(content: bytes, asked: Asked) -> Reading:
    """One card of kind `story`, then one of kind `headline` for each entry, in order.

    Raises:
        UnreadableFile: no headline with copy or entries below it.
    """
    decoded = decode(content, asked.file)
    parts = _parts(decoded.text)
    if not parts.headline or not (parts.copy or parts.entries):
        raise unreadable(asked.file, "it has no headline with copy below it.", "Save the page as text and try again.")
    if len(parts.entries) > MOST_ENTRIES:
        raise unreadable(
            asked.file, f"it lists {len(parts.entries):,} entries; at most {MOST_ENTRIES:,} are read.", "Cut it."
        )
    source = Source("page", asked.file, decoded.encoding)
    entries = read_entries(parts.entries, asked.known_sections)
    cards: list[FiledCard] = []
    refused: list[DatelineError] = []
    for at in range(-1, len(entries)):
        try:
            cards.append(_entry_card(entries, at, parts, source) if at >= 0 else _story_card(parts, source))
        except DatelineError as refusal:
            refusal.subject = f"{asked.file}, entry {at + 1}" if at >= 0 else asked.file
            refused.append(refusal)
    counts = {"lines below the listing": parts.others} if parts.others else {}
    return Reading("page", asked.file, decoded.encoding, tuple(cards), counts, tuple(refused), decoded.repairs)


def looks_like_page(text: str) -> bool:
    """Whether a text is surely a saved page: copy that opens with a dateline, or a listing after a headline."""
    parts = _parts(text[:100_000])
    opened = bool(parts.copy) and take_dateline(_paragraphs(parts.copy[:1])).dateline is not None
    is_listing = len(parts.entries) > 1 and not parts.others and not parts.headline.startswith(("- ", "#"))
    return bool(parts.headline) and (opened or is_listing)


def _parts(text: str) -> _Parts:
    """The page's lines by what they are. Blocks are parted by empty lines."""
    lines = [clean_line(line) for line in text.splitlines()]
    first = next((at for at, line in enumerate(lines) if line), len(lines))
    entry_at = _listing_at(lines, first + 1)
    copy = [line for line in lines[first + 1 : entry_at] if line]
    listing = [line for line in lines[entry_at:] if line]
    entries = tuple(_ENTRY.sub("", line, count=1) for line in listing if _ENTRY.match(line))
    promoted = ""
    if entries and len(copy) > 1 and _is_promoted(lines[:entry_at]):
        promoted = copy.pop()
    return _Parts(
        lines[first] if first < len(lines) else "", tuple(copy), promoted, entries, len(listing) - len(entries)
    )


def _listing_at(lines: Sequence[str], first: int) -> int:
    """Where the listing begins: after the last line that is no entry, or at the first entry where a footer follows.

    A footer is short lines that are no sentences. Entries with sentences below them are a list inside the copy.
    """
    entries = [at for at in range(first, len(lines)) if _ENTRY.match(lines[at])]
    others = [at for at in range(first, len(lines)) if lines[at] and not _ENTRY.match(lines[at])]
    if not entries:
        return len(lines)
    if not others or others[-1] < entries[-1]:
        return next(at for at in entries if not others or at > others[-1])
    below = [lines[at] for at in others if at > entries[-1]]
    sentences = [line for line in (*below, *(lines[at] for at in entries)) if _SENTENCE_END.search(line)]
    return len(lines) if sentences else entries[0]


def _is_promoted(lines: Sequence[str]) -> bool:
    """Whether the last line before the entries is a headline: it stands apart, or does not end as a sentence does."""
    last = max(at for at, line in enumerate(lines) if line)
    return not lines[last - 1] or not _SENTENCE_END.search(lines[last])


def _paragraphs(lines: Sequence[str]) -> Body:
    return tuple(Paragraph(plain(line)) for line in lines)


def _story_card(parts: _Parts, source: Source) -> FiledCard:
    notice = _notice_by_phrase(parts.copy[-1]) if parts.copy else ""
    copy = [*parts.copy[:-1], parts.copy[-1].removesuffix(notice).rstrip()] if notice else list(parts.copy)
    opened = take_dateline(_paragraphs([line for line in copy if line]))
    body = (*opened.body, Wall()) if notice else opened.body
    said = [text_of(block.runs) for block in opened.body if isinstance(block, Paragraph)]
    return make_card(
        made_id("page", parts.headline, *said),
        kind="story",
        headline=parts.headline,
        dateline=opened.dateline,
        body=body,
        locked=bool(notice),
        lock_notice=notice,
        related=(RelatedStory(headline=parts.promoted),) if parts.promoted else (),
        source=source,
        made=("id",),
    )


def _entry_card(entries: Sequence[_Entry], at: int, parts: _Parts, source: Source) -> FiledCard:
    """An entry with a headline is the same story on every page; one without is only this line of this page."""
    entry = entries[at]
    before = sum(other.headline == entry.headline for other in entries[:at])
    place = (before,) if entry.headline else (before, parts.headline, *parts.copy[:1])
    return make_card(
        made_id("entry", *entry.sections, entry.headline, *place),
        kind="headline",
        headline=entry.headline,
        sections=entry.sections,
        locked=bool(entry.notice),
        lock_notice=entry.notice,
        source=source,
        made=("id",),
    )


# --- entries --------------------------------------------------------------------------------------------------


def read_entries(lines: Sequence[str], known_sections: Sequence[str] = ()) -> list[_Entry]:
    """The entries of a listing: sections, headline and notice parted."""
    notice = _shared_notice(lines)
    parted = [_without_notice(line, notice) for line in lines]
    sections = _sections_shown([rest for rest, _ in parted], known_sections)
    return [_Entry(*_sections_and_headline(rest, sections), found) for rest, found in parted]


def _without_notice(line: str, shared: str) -> tuple[str, str]:
    notice = _notice_by_phrase(line) or (shared if shared and line.endswith(shared) else "")
    return (line.removesuffix(notice).rstrip(), notice) if notice else (line, "")


@cache
def _phrases() -> re.Pattern[str]:
    table = tomllib.loads((resources.files("dateline.formats.readers") / "page.toml").read_text(encoding="utf-8"))
    return re.compile(rf"(?:{'|'.join(table['notices'])})[^.!?]{{0,80}}[.!]?$", re.IGNORECASE)


def _notice_by_phrase(line: str) -> str:
    found = _phrases().search(line[-200:])
    return found.group() if found else ""


def _shared_notice(lines: Sequence[str]) -> str:
    """The ending of three words or more that most entries share; "" where no two share one."""
    turned = sorted(line[::-1] for line in lines)
    endings = Counter[str]()
    for one, other in pairwise(turned):
        if one != other and (ending := _trimmed(_common_start(one, other)[::-1])):
            endings[ending] += 1
    if not endings:
        return ""
    times = {ending: sum(line.endswith(ending) for line in lines) for ending in list(endings)[:50]}
    return max(times, key=lambda ending: (times[ending], len(ending)))


def _common_start(one: str, other: str) -> str:
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:at]


def _trimmed(ending: str) -> str:
    """The part of a shared ending that is a notice: from where it runs into the headline, or from a capital."""
    joint = _RUN_TOGETHER.search(ending)
    start = joint.start() if joint else next((at for at, char in enumerate(ending) if char.isupper()), len(ending))
    notice = ending[start:]
    return notice if len(notice.split()) >= _SHARED_NOTICE else ""


def _sections_shown(lines: Sequence[str], known: Sequence[str]) -> list[str]:
    """The newsroom's sections and those that stand alone on the page, longest first; then what only runs into text."""
    alone = Counter(
        name for line in lines if not _RUN_TOGETHER.search(line) for name in line.split(", ") if _can_be_section(name)
    )
    sure = {*known, *(name for name, times in alone.items() if times > 1 or " " not in name)}
    for line in lines:
        names, rest = _sections_and_headline(line, sorted(sure, key=len, reverse=True))
        joint = _RUN_TOGETHER.search(rest)
        if joint and (names or len(rest[: joint.start()]) > 3):
            found = rest[: joint.start()].removeprefix(", ").split(", ")
            if all(_can_be_section(name) for name in found) and (not names or rest.startswith(", ")):
                sure.update(found)
    return sorted(sure, key=len, reverse=True)


def _can_be_section(name: str) -> bool:
    return (
        0 < len(name) <= LONGEST_SECTION
        and name[0].isupper()
        and len(name.split()) <= 2
        and not _SENTENCE_END.search(name)
    )


def _sections_and_headline(line: str, sections: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Take known names off the front of an entry, each whole: what follows may not go on in small letters."""
    found: list[str] = []
    rest = line
    while True:
        after = rest.removeprefix(", ") if found else rest
        name = next((name for name in sections if _starts_with(after, name)), "")
        if not name or (found and after == rest):
            return tuple(found), rest.strip()
        found.append(name)
        rest = after[len(name) :]


def _starts_with(text: str, name: str) -> bool:
    if not name or not text.startswith(name):
        return False
    following = text[len(name) : len(name) + 2]
    return not following or following == ", " or not (following[0].islower() or following[0] in " -'’.:,")
