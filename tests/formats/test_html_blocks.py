"""HTML from strangers becomes blocks; every visible word comes through, nothing that runs does."""

from __future__ import annotations

import contextlib
import re
import time
from collections import Counter
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import BodyError
from dateline.formats.body import (
    Body,
    Embed,
    ListBlock,
    Picture,
    Quote,
    Table,
    from_json,
    links_in,
    plain_text,
    to_json,
)
from dateline.formats.html_blocks import read_html, read_text, words_of

WORD = st.text(st.sampled_from("abcdefgабвўі&<>\"'5é"), min_size=1, max_size=6)


def tag(name: str, attributes: str = "") -> Any:
    return lambda inside: f"<{name}{attributes}>{inside}</{name}>"


inline = st.recursive(
    WORD.map(escape),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(" ".join),
        *(inner.map(tag(name)) for name in ("b", "em", "span", "q", "code", "u")),
        inner.map(tag("a", ' href="https://example.org/"')),
    ),
    max_leaves=6,
)
block = st.one_of(
    *(inline.map(tag(name)) for name in ("p", "h2", "div", "pre", "blockquote", "section")),
    st.lists(inline, min_size=1, max_size=3).map(lambda items: tag("ul")("".join(map(tag("li"), items)))),
    st.lists(inline, min_size=1, max_size=3).map(lambda cells: tag("table")(tag("tr")("".join(map(tag("td"), cells))))),
    inline.map(lambda words: f'<figure><img src="/a.jpg"><figcaption>{words}</figcaption></figure>'),
    inline,
)
documents = st.lists(block, max_size=5).map("<br>".join)


def words_in(body: Body) -> list[str]:
    pieces = [plain_text([one]) if not isinstance(one, Picture) else one.caption for one in body]
    pieces += [one.speaker for one in body if isinstance(one, Quote)]
    return " ".join(pieces).split()


@given(documents)
@settings(max_examples=150)
def test_words_in_are_words_out(html: str) -> None:
    seen = re.sub(
        r"<br>|</?(?:p|h2|div|pre|blockquote|section|ul|li|table|tr|td|figure|figcaption|img)[^>]*>", " ", html
    )
    shown = words_in(read_html(seen).body)
    assert Counter(words_in(read_html(html).body)) == Counter(shown)


@given(documents)
@settings(max_examples=100)
def test_blocks_read_from_html_are_a_body_of_ours(html: str) -> None:
    body = read_html(html).body
    assert from_json(to_json(body)) == body


@given(st.text(alphabet=st.sampled_from("<>/=\"'& abpdivscriptul!-[]\n\x00\u202e"), max_size=200), st.booleans())
@settings(max_examples=200)
def test_no_letters_break_the_reader(html: str, loose: bool) -> None:
    try:
        body = read_html(html, loose=loose).body
    except BodyError:
        return
    assert from_json(to_json(body)) == body
    assert "\u202e" not in str(to_json(body))


@pytest.mark.parametrize(
    "html",
    [
        "<p>kept<script>alert(1)</script></p>",
        "<p onclick='x()' style='color:red'>kept</p>",
        "<p>kept</p><style>p{}</style><!-- hidden -->",
        '<a href="javascript:alert(1)">kept</a>',
        '<a href="&#106;avascript:alert(1)">kept</a>',
        '<a href="data:text/html,x">kept</a>',
        '<a href="story:11111111">kept</a>',
        '<a href="name:somebody">kept</a>',
        '<p>kept</p><img src="data:image/png;base64,AA">',
        '<p>kept</p><img src="../../etc/passwd">',
        '<p>kept</p><img src="picture:1">',
        '<p>kept</p><img src="https://t.example/p.gif" width="1" height="1">',
        '<p>kept</p><object data="https://example.org/x.swf"></object>',
    ],
)
def test_only_the_words_are_kept(html: str) -> None:
    assert to_json(read_html(html).body) == [{"kind": "p", "text": "kept"}]


def test_an_address_that_cannot_be_shown_is_said() -> None:
    assert read_html('<a href="javascript:x">a</a>').repairs == (
        "a link with an address that cannot be shown (javascript:) left out",
    )
    assert "an embedded page without https" in read_html('<iframe src="http://example.org/film"></iframe>').repairs[0]


def test_visible_text_of_odd_elements_is_not_lost() -> None:
    html = (
        "<svg><text>one</text></svg> <textarea>two</textarea> <noscript>three</noscript> <select><option>four</select>"
    )
    assert plain_text(read_html(html + " <![CDATA[ five ]]> 5 < 6 & 7").body).split() == (
        ["one", "two", "three", "four", "<![CDATA[", "five", "]]>", "5", "<", "6", "&", "7"]
    )


def test_lists_in_lists_are_one_list_and_nothing_is_lost() -> None:
    (listed,) = read_html("<ol><li>1<ul><li>2</ul>3<li><p>4</p><p>5</p></ol>").body
    assert isinstance(listed, ListBlock)
    assert listed.ordered
    assert to_json([listed])[0]["items"] == ["1", "2", "3", "4 5"]


def test_a_table_keeps_its_header_and_its_caption_stands_before_it() -> None:
    caption, table = read_html("<table><caption>Cap</caption><tr><th>A<th>B<tr><td>1<td><b>2</b></table>").body
    assert plain_text([caption]) == "Cap"
    assert isinstance(table, Table)
    assert table.header
    assert plain_text([table]) == "A B 1 2"


def test_a_figure_gives_its_picture_with_alt_and_caption() -> None:
    picture = '<a href="/big"><img src="//cdn.example/x.jpg" alt="Alt"></a>'
    html = f"<figure>{picture}<figcaption>Cap <b>tion</b></figcaption></figure>"
    assert read_html(html).body == (Picture("https://cdn.example/x.jpg", "Alt", "Cap tion"),)


def test_a_picture_loaded_by_script_and_its_stand_in_are_one() -> None:
    html = '<noscript><img src="/x.jpg"></noscript><img data-src="/x.jpg" alt="A">'
    assert read_html(html).body == (Picture("/x.jpg", "A"),)


def test_an_embedded_page_is_a_link_and_its_address_alone_in_a_figure_too() -> None:
    embed = Embed("https://video.example/1")
    assert read_html('<iframe src="https://video.example/1"></iframe>').body == (embed,)
    assert read_html('<figure class="wp-block-embed"><div>\nhttps://video.example/1\n</div></figure>').body == (embed,)


def test_a_quotation_names_its_speaker() -> None:
    first, second = read_html("<blockquote><p>One</p><p>Two</p><cite>Somebody</cite></blockquote>").body
    assert isinstance(second, Quote)
    assert (plain_text([first]), second.speaker) == ("One", "Somebody")


def test_nothing_behind_a_wall_joins_a_block_before_it() -> None:
    read = read_html("<ul><li>free<!--wall--><li>paid</ul><p>paid</p>", walls=re.compile("<!--wall-->"))
    assert [said["kind"] for said in to_json(read.body)] == ["list", "wall", "list", "p"]
    assert "paid" not in str(to_json(read.body[:1]))


def test_text_cannot_set_a_wall_by_itself() -> None:
    assert [said["kind"] for said in to_json(read_html('<p>a</p><hr class="dateline-wall"><p>b</p>').body)] == [
        "p",
        "p",
    ]


def test_marks_and_links_are_kept_over_nested_tags() -> None:
    (paragraph,) = to_json(read_html('<p>a <b>b<i>c</i></b> <a href="/r">d<em>e</em></a></p>').body)
    assert [run.get("marks") for run in paragraph["runs"]] == [
        None,
        ["bold"],
        ["bold", "italic"],
        None,
        ["link"],
        ["italic", "link"],
    ]


def test_relative_addresses_stand_against_the_base() -> None:
    assert links_in(read_html('<a href="../b">x</a>', base="https://example.org/a/c").body) == ["https://example.org/b"]
    assert links_in(read_html('<a href="/b">x</a>').body) == ["/b"]


def test_line_ends_part_paragraphs_only_where_asked() -> None:
    assert len(read_html("one\n\ntwo\nthree", loose=True).body) == 3
    assert len(read_html("one\n\ntwo\nthree").body) == 1
    assert len(read_html("<p>one\ntwo</p>", loose=True).body) == 1


def test_no_break_spaces_stay_and_other_white_space_is_one() -> None:
    assert plain_text(read_html("<p> 5&nbsp;млн  \n рублёў &nbsp;</p>").body) == "5\u00a0млн рублёў"


def test_plain_text_is_paragraphs_by_empty_lines_or_by_lines() -> None:
    assert plain_text(read_text("one\r\ntwo\r\n\r\nthree")) == "one two\nthree"
    assert plain_text(read_text("one\ntwo\n")) == "one\ntwo"
    assert read_text("  \n ") == ()


def test_words_of_a_title_lose_their_markup_only() -> None:
    assert words_of("A &amp; B <i>c</i> 5 < 6") == "A & B c 5 < 6"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<p>" + "<b>" * 199 + "</p>" + "<p>x" * 20_000,
        "<p " + " ".join(f"a{at}" for at in range(50_000)) + ">",
        "<img src='x.jpg'>" * 60_000,
    ],
)
def test_html_that_would_cost_more_than_its_length_is_refused(html: str) -> None:
    with pytest.raises(BodyError) as refusal:
        read_html(html)
    assert refusal.value.kept == "This story was not taken in."


@pytest.mark.parametrize(
    "piece", ["&", "<", "&amp;", "&zz;", "<!--", "<![CDATA[", "[", "<a href='", "&#x41;", "\u202e", "<svg "]
)
def test_time_grows_with_length_alone(piece: str) -> None:
    """A bound loose enough for a loaded machine, tight enough that quadratic time (minutes) fails."""
    started = time.monotonic()
    with contextlib.suppress(BodyError):
        read_html(piece * 200_000)
    assert time.monotonic() - started < 20
