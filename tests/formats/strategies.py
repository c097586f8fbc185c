"""Hypothesis strategies for bodies and cards as the record may hold them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from dateline.formats.body import (
    MARKS,
    Embed,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Run,
    Subheading,
    Table,
    Wall,
    clean_line,
    clean_text,
    join_runs,
)
from dateline.formats.filed import KINDS, SIGNALS, STATUSES, SUBJECT_KINDS, FiledCard, RelatedStory, Source
from dateline.formats.story_card import Correction, Dateline, Subject

words = st.text(max_size=40).map(clean_text)
lines = st.text(max_size=40).map(clean_line)
filled = lines.filter(bool)
addresses = st.sampled_from(["https://example.org/a", "/pictures/1.jpg", "http://example.org/?a=1&b=2"])
plain_marks = st.lists(st.sampled_from([mark for mark in MARKS if mark != "link"]), unique=True).map(tuple)
linked = st.builds(lambda text, marks, href: Run(text, (*marks, "link"), href), words, plain_marks, addresses)
runs = st.lists(st.builds(Run, words, plain_marks) | linked, max_size=4).map(join_runs)
items = st.lists(runs, max_size=3).map(tuple)

blocks = st.one_of(
    st.builds(Paragraph, runs),
    st.builds(Subheading, runs),
    st.builds(Quote, runs, words, words, words),
    st.builds(ListBlock, items, st.booleans()),
    st.builds(Table, st.lists(items, max_size=3).map(tuple), st.booleans()),
    st.builds(Picture, addresses, words, words, words),
    st.builds(Embed, st.just("https://example.org/film")),
    st.just(Wall()),
)
bodies = st.lists(blocks, max_size=5).map(tuple)

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(1500, 1, 2), datetime(2200, 12, 30), timezones=zones)
names = st.lists(filled, max_size=3, unique=True).map(tuple)

cards = st.builds(
    FiledCard,
    id=filled,
    version=st.none() | filled | st.integers(0, 2**63 - 1),
    status=st.sampled_from(STATUSES),
    kind=st.sampled_from(KINDS),
    signal=st.sampled_from(["", *SIGNALS]),
    language=st.sampled_from(["", "en", "be", "be-Latn", "ru"]),
    headline=lines,
    subheadline=lines,
    slugline=lines,
    summary=words.map(str.strip),
    byline=lines,
    note=words.map(str.strip),
    dateline=st.none() | st.builds(Dateline, filled, lines, st.none() | st.dates(), lines),
    first_created=st.none() | times,
    version_created=st.none() | times,
    published=st.none() | times,
    embargoed_until=st.none() | times,
    urgency=st.none() | st.integers(1, 9),
    sections=names,
    subjects=st.lists(st.builds(Subject, lines, st.sampled_from(SUBJECT_KINDS), lines), max_size=2).map(tuple),
    body=bodies,
    locked=st.none() | st.booleans(),
    lock_notice=lines,
    translation_of=lines,
    slug=lines.filter(lambda slug: slug not in (".", "..") and "/" not in slug and "\\" not in slug),
    corrections=st.lists(st.builds(Correction, times, words.map(str.strip)), max_size=2).map(tuple),
    related=st.lists(st.builds(RelatedStory, filled, lines, lines), max_size=2).map(tuple),
    source=st.none() | st.builds(Source, filled, lines, lines),
    repairs=names,
    time_notes=names,
    made=names,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
