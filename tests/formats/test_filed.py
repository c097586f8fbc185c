"""A card says the same after being written and read; a field of the wrong shape is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.strategies import cards
from tests.formats.told import assert_three_parts

from dateline.errors import BodyError, CardError
from dateline.formats.filed import FiledCard, from_json, to_json

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(cards)
def test_a_card_written_and_read_is_the_same(card: FiledCard) -> None:
    assert from_json(json.loads(json.dumps(to_json(card)))) == card


@given(cards, st.data())
def test_one_wrong_field_is_refused_by_its_name_or_taken(card: FiledCard, data: Any) -> None:
    said = to_json(card)
    said[data.draw(st.sampled_from([*said, "locked", "urgency", "dateline", "version"]))] = data.draw(values)
    try:
        from_json(said)
    except (CardError, BodyError) as refusal:
        assert_three_parts(refusal)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", ""),
        ("id", None),
        ("id", ["a"]),
        ("version", True),
        ("version", 10**30),
        ("version", 1.5),
        ("status", "live"),
        ("kind", ["story"]),
        ("headline", 5),
        ("headline", "x" * 2_001),
        ("sections", "Politics"),
        ("published", "0001-01-01T00:00:00Z"),
        ("published", "9999-12-31T23:59:59Z"),
        ("published", 5),
        ("urgency", 0),
        ("urgency", "1"),
        ("slug", "../../etc"),
        ("slug", ".."),
        ("slug", "a/b"),
        ("dateline", "MINSK"),
        ("dateline", {"date": "31 May"}),
        ("corrections", [{"note": "x"}]),
        ("body", "text"),
        ("body", [{"kind": "script"}]),
        ("body", [{"kind": ["p"]}]),
    ],
)
def test_a_field_of_the_wrong_shape_is_refused(field: str, value: Any) -> None:
    with pytest.raises((CardError, BodyError)) as refusal:
        from_json({"id": "1", field: value})
    assert field in refusal.value.happened or field == "body"


@pytest.mark.parametrize("word", ["no", "false", 0, 1, "open", {}])
def test_an_unknown_lock_state_is_locked(word: Any) -> None:
    assert from_json({"id": "1", "locked": word}).locked is True


def test_fields_that_the_contract_does_not_know_are_ignored() -> None:
    assert from_json({"id": "1", "password": "x", "address": "/old/"}) == FiledCard("1")
    assert "address" not in to_json(FiledCard("1", address="/old/"))


def test_the_same_copy_from_two_files_has_one_digest() -> None:
    one, other = FiledCard("1", headline="A", repairs=("x",)), FiledCard("1", headline="A", version=2)
    assert one.digest() == other.digest() != FiledCard("1", headline="B").digest()
