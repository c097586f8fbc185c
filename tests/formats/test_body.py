"""A body says the same after being written and read; what is not ours is refused and named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.strategies import bodies
from tests.formats.told import assert_three_parts

from dateline.errors import BodyError
from dateline.formats.body import (
    Paragraph,
    Picture,
    Run,
    Wall,
    clean_line,
    clean_text,
    from_json,
    is_safe_href,
    is_safe_src,
    plain_text,
    split_at_wall,
    to_json,
)


@given(bodies)
def test_a_body_written_and_read_is_the_same(body: Any) -> None:
    assert from_json(to_json(body)) == body


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_no_value_breaks_the_reader_of_bodies(value: Any) -> None:
    for said in (value, [value], [{"kind": value}], [{"kind": "p", "runs": value}], [{"kind": "list", "items": value}]):
        try:
            from_json(said)
        except BodyError as refusal:
            assert_three_parts(refusal)


def test_bidi_overrides_and_controls_are_left_out_and_words_stay_apart() -> None:
    assert clean_text("a\u202eb\x00c\u2066") == "abc"
    assert clean_line("one\x0btwo\u2028three\x85four") == "one two three four"


def test_a_combining_mark_at_the_head_of_a_run_is_no_contradiction() -> None:
    body = (Paragraph((Run("e"), Run("\u0301t", ("bold",)))),)
    assert from_json(to_json(body)) == body


@pytest.mark.parametrize("marks", [["blink"], [["bold"]], "bold", [{}], ["link"]])
def test_an_unknown_mark_is_refused(marks: Any) -> None:
    with pytest.raises(BodyError):
        from_json([{"kind": "p", "runs": [{"text": "a", "marks": marks}]}])


def test_text_and_runs_that_differ_are_refused() -> None:
    with pytest.raises(BodyError, match="different words"):
        from_json([{"kind": "p", "text": "free", "runs": [{"text": "paid"}]}])


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JaVaScript:x", "data:text/html,x", "//host/x", "\\\\host", "java\nscript:x", "vbscript:x"],
)
def test_an_unsafe_link_is_refused(href: str) -> None:
    assert not is_safe_href(href)
    with pytest.raises(BodyError):
        from_json([{"kind": "p", "runs": [{"text": "a", "marks": ["link"], "href": href}]}])


@pytest.mark.parametrize(
    "src", ["../../etc/passwd", "/a/%2e%2e/b", "file:///etc/passwd", "data:image/png,x", "c:\\x", "//host/a.jpg"]
)
def test_a_picture_that_steps_out_is_refused(src: str) -> None:
    assert not is_safe_src(src)
    with pytest.raises(BodyError):
        from_json([{"kind": "picture", "src": src}])


@pytest.mark.parametrize("src", ["picture:1", "https://example.org/a..b.jpg", "/content/a.jpg", "a.jpg?x=../y"])
def test_an_ordinary_picture_is_taken(src: str) -> None:
    assert from_json([{"kind": "picture", "src": src}]) == (Picture(src),)


def test_a_locked_body_without_a_wall_has_no_free_part() -> None:
    body = (Paragraph((Run("a"),)),)
    assert split_at_wall(body, locked=True) == ((), body)
    assert split_at_wall(body, locked=False) == (body, ())


def test_text_stands_on_its_side_of_the_wall() -> None:
    free, paid = Paragraph((Run("free"),)), Paragraph((Run("paid"),))
    assert split_at_wall((free, Wall(), paid, Wall()), locked=True) == ((free,), (paid,))
    assert plain_text(split_at_wall((free, Wall(), paid), locked=False)[0]) == "free\npaid"
