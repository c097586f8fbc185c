"""The adapter is exact: what the editor stores and what we keep say the same, both ways, and nothing is left out."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from dateline.desk.adapter.rich_text import flow_of, html_of_flow
from dateline.desk.adapter.stream import from_stream, held, to_stream
from dateline.desk.blocks import TEXT_FEATURES, BodyBlock
from dateline.errors import BodyError
from dateline.formats.body import ListBlock, Paragraph, Run, Table, from_json, plain, plain_text, to_json
from tests.desk.bodies import WORDS, bodies, runs

BLOCK_KEYS = re.compile(r' data-block-key="[^"]*"')


@given(bodies())
def test_a_body_put_into_the_editor_and_read_back_is_the_same(body: Any) -> None:
    assert from_stream(to_stream(body)) == held(body)


@given(bodies())
def test_holding_a_body_leaves_no_word_out(body: Any) -> None:
    assert held(held(body)) == held(body)
    assert plain_text(held(body)).split() == plain_text(from_json(to_json(body))).split()


@given(bodies())
def test_what_the_editor_stores_read_and_put_back_is_the_same(body: Any) -> None:
    raw = to_stream(body)
    assert to_stream(from_stream(raw)) == raw


@given(bodies(WORDS))
def test_the_editor_holds_every_block_of_ours(body: Any) -> None:
    block, raw = BodyBlock(), to_stream(body)
    stored = json.loads(json.dumps(block.get_prep_value(block.to_python(to_stream(body)))))
    assert [{"type": entry["type"], "value": entry["value"]} for entry in stored] == raw
    assert from_stream(stored) == held(body)


flows = st.lists(
    st.one_of(
        runs(WORDS).filter(bool).map(Paragraph),
        st.builds(ListBlock, st.lists(runs(WORDS).filter(bool), min_size=1, max_size=3).map(tuple), st.booleans()),
    ),
    min_size=1,
    max_size=4,
).map(tuple)


@given(flows)
def test_draftail_itself_keeps_every_mark_and_link(flow: Any) -> None:
    """Through the very converter that the editor's field uses, to what stands in the browser and back."""
    converter = ContentstateConverter(TEXT_FEATURES)
    for text in to_stream(flow):
        stored = converter.to_database_format(converter.from_database_format(text["value"]))
        assert BLOCK_KEYS.sub("", stored) == html_of_flow(flow_of(stored, "here"))
        assert flow_of(stored, "here") == flow_of(text["value"], "here")


def test_links_inside_the_record_are_stored_as_links_of_their_kind() -> None:
    paragraph = Paragraph(
        (Run("bridge", ("link",), "story:5f6d"), Run(" and "), Run("Zvonka", ("link",), "name:zvonka"))
    )
    html = '<p><a linktype="story" id="5f6d">bridge</a> and <a linktype="name" id="zvonka">Zvonka</a></p>'
    assert to_stream([paragraph]) == [{"type": "text", "value": html}]
    assert from_stream([{"type": "text", "value": html}]) == (paragraph,)


def test_the_editors_own_numbers_are_read_past() -> None:
    raw = [{"type": "text", "value": '<p data-block-key="a1b2c">Ferry</p>', "id": "0d1e"}]
    assert from_stream(raw) == (Paragraph(plain("Ferry")),)


def test_neighbouring_lists_stay_two() -> None:
    body = (ListBlock((plain("a"),)), ListBlock((plain("b"),)))
    assert from_stream(to_stream(body)) == body


def test_plain_headers_are_column_headings_and_marked_ones_the_first_row() -> None:
    rows = (plain("Steel"), plain("31"))
    heading = Table(((plain("Part"), plain("Million")), rows), header=True)
    assert [c["heading"] for c in to_stream([heading])[0]["value"]["grid"]["columns"]] == ["Part", "Million"]
    marked = Table((((Run("Part", ("bold",)),), plain("Million")), rows), header=True)
    assert to_stream([marked])[0]["value"]["header"] is True
    assert from_stream(to_stream([heading, marked])) == (heading, marked)


GRID = {"columns": [{"type": "cell", "heading": ""}], "rows": [{"values": ["<p>a</p>"]}], "caption": ""}


@pytest.mark.parametrize(
    ("block", "named"),
    [
        ({"type": "carousel", "value": ""}, "carousel"),
        ({"type": "text", "value": "<p>a</p>", "colour": "red"}, "Block 1"),
        ({"type": "text", "value": "<p><span>a</span></p>"}, "span"),
        ({"type": "text", "value": '<p style="color:red">a</p>'}, "style"),
        ({"type": "text", "value": "<p><b>a</p>"}, "</p>"),
        ({"type": "text", "value": "<p>a"}, "never closed"),
        ({"type": "text", "value": "a"}, "outside"),
        ({"type": "text", "value": "<p>a<!-- b --></p>"}, "comment"),
        ({"type": "text", "value": "<!doctype html><p>a</p>"}, "declaration"),
        ({"type": "text", "value": "<p>a<?php ?></p>"}, "instruction"),
        ({"type": "text", "value": "<ul><li>a<ul><li>b</li></ul></li></ul>"}, "<ul>"),
        ({"type": "text", "value": "<li>a</li>"}, "<li>"),
        ({"type": "text", "value": '<p><a linktype="page" id="3">a</a></p>'}, "link"),
        ({"type": "text", "value": '<p><a href="/a" target="_blank">a</a></p>'}, "link"),
        ({"type": "text", "value": '<p><a href="javascript:alert(1)">a</a></p>'}, "javascript"),
        ({"type": "text", "value": '<p><embed embedtype="media"/></p>'}, "embed"),
        ({"type": "text", "value": 7}, "text"),
        ({"type": "subheading", "value": "<ul><li>a</li></ul>"}, "list"),
        ({"type": "quotation", "value": {"text": "<p>a</p>", "mood": "angry"}}, "fields"),
        ({"type": "picture", "value": {"src": "", "alt": "a"}}, "no picture"),
        ({"type": "picture", "value": {"src": "file:///etc/passwd", "alt": "a"}}, "picture"),
        ({"type": "embed", "value": "javascript:alert(1)"}, "javascript"),
        ({"type": "wall", "value": "secret"}, "wall"),
        ({"type": "table", "value": {"header": False}}, "fields"),
        ({"type": "table", "value": {"header": False, "grid": {**GRID, "caption": "Costs"}}}, "caption"),
        ({"type": "table", "value": {"header": False, "grid": {**GRID, "rows": [{"values": []}]}}}, "row"),
        (
            {
                "type": "table",
                "value": {"header": True, "grid": {**GRID, "columns": [{"type": "cell", "heading": "A"}]}},
            },
            "header",
        ),
        ("a block", "Block 1"),
    ],
)
def test_what_is_not_ours_is_refused_by_name_and_never_dropped(block: Any, named: str) -> None:
    with pytest.raises(BodyError) as refusal:
        from_stream([block])
    assert named in refusal.value.happened
    assert refusal.value.kept
    assert refusal.value.next_step


def test_a_body_that_is_no_list_is_refused() -> None:
    with pytest.raises(BodyError):
        from_stream("<p>a</p>")
