"""A draft and a filed card say the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.adapter.cards import card_of, desk_card, fill
from dateline.desk.models import Draft
from dateline.formats import filed
from dateline.formats.filed import FiledCard, RelatedStory
from dateline.formats.story_card import Dateline, Subject
from tests.desk.bodies import ANY_TEXT, bodies
from tests.newsroom import all_cards

times = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
datelines = st.none() | st.builds(
    Dateline, ANY_TEXT, ANY_TEXT, st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)), ANY_TEXT
)
cards = st.builds(
    FiledCard,
    id=st.uuids().map(str) | st.just("ranica-bridge-en"),
    language=st.sampled_from(["en", "be", "be-Latn", "ru"]),
    headline=ANY_TEXT,
    subheadline=ANY_TEXT,
    slugline=ANY_TEXT,
    summary=ANY_TEXT,
    byline=ANY_TEXT,
    note=ANY_TEXT,
    dateline=datelines,
    published=times,
    embargoed_until=times,
    urgency=st.none() | st.integers(1, 9),
    sections=st.lists(ANY_TEXT, max_size=3).map(tuple),
    subjects=st.lists(st.builds(Subject, ANY_TEXT, st.sampled_from(["person", "place"])), max_size=2).map(tuple),
    related=st.lists(st.builds(RelatedStory, ANY_TEXT), max_size=2).map(tuple),
    locked=st.sampled_from([True, False, None]),
    lock_notice=ANY_TEXT,
    translation_of=st.sampled_from(["", "ranica-bridge-en"]),
    body=bodies(),
)


@given(cards)
def test_a_card_put_into_a_draft_and_read_back_is_the_same(card: Any) -> None:
    card = filed.from_json(filed.to_json(card))
    draft = fill(Draft(), card)
    assert card_of(draft) == desk_card(card)


@given(cards)
def test_what_the_desk_keeps_of_a_card_it_keeps_again(card: Any) -> None:
    kept = desk_card(filed.from_json(filed.to_json(card)))
    assert desk_card(kept) == kept


def test_every_card_of_the_newsroom_can_stand_at_the_desk() -> None:
    for card in all_cards():
        assert card_of(fill(Draft(), card)) == desk_card(card)


def test_a_lock_state_that_nobody_chose_is_not_free() -> None:
    draft = fill(Draft(), FiledCard(id="a", headline="Ferry", locked=None))
    assert draft.lock == ""
    assert card_of(draft).locked is None
