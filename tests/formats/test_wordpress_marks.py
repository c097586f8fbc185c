"""Shortcodes and block comments: what encloses text gives it back, what looks like a word stays one."""

from __future__ import annotations

import pytest

from dateline.formats.body import Embed, Picture, Wall, plain_text
from dateline.formats.html_blocks import HtmlRead, read_html
from dateline.formats.wordpress_marks import WALLS, Marked, read_marks


def read(content: str, pictures: dict[str, str] | None = None) -> tuple[Marked, HtmlRead]:
    marked = read_marks(content, lambda number: (pictures or {}).get(number, ""))
    return marked, read_html(marked.html, loose=marked.loose, walls=WALLS)


@pytest.mark.parametrize("text", ["He said [sic] it", "[western neighbours]", "[1] [a b]", "[The response] will be"])
def test_an_editors_brackets_stay_in_the_copy(text: str) -> None:
    marked, html = read(text)
    assert plain_text(html.body) == text
    assert marked.repairs == ()


def test_a_caption_is_the_pictures() -> None:
    _, html = read('[caption id="a" width="300"]<a href="/x"><img src="/a.jpg" /></a> The words[/caption]')
    assert html.body == (Picture("/a.jpg", "", "The words"),)


def test_an_old_caption_in_an_attribute_is_the_pictures() -> None:
    assert read('[caption caption="The words"]<img src="/a.jpg">[/caption]')[1].body == (
        Picture("/a.jpg", "", "The words"),
    )


def test_a_gallery_shows_the_pictures_that_the_export_holds() -> None:
    assert read('[gallery ids="1, 2"]', {"1": "https://example.org/1.jpg"})[1].body == (
        Picture("https://example.org/1.jpg"),
    )
    assert read("[gallery]")[0].repairs == ("shortcode [gallery] left out",)


@pytest.mark.parametrize(
    "content", ["[embed]https://video.example/1[/embed]", '[video mp4="https://video.example/1"][/video]']
)
def test_an_embedded_page_is_a_link(content: str) -> None:
    assert read(content)[1].body == (Embed("https://video.example/1"),)


def test_what_an_unknown_shortcode_encloses_stays_and_the_shortcode_is_named() -> None:
    marked, html = read('[box color="red"]kept[/box] [contact-form-7 id="3"]')
    assert plain_text(html.body) == "kept"
    assert set(marked.repairs) == {"shortcode [box] left out", "shortcode [contact-form-7] left out"}


@pytest.mark.parametrize(
    "content",
    [
        "free [members_only]paid[/members_only]",
        "free <!-- wp:jetpack/paywall -->paid",
        '[restrict level="2"]paid[/restrict]',
    ],
)
def test_text_for_members_stands_below_a_wall(content: str) -> None:
    marked, html = read(content)
    assert marked.has_wall
    assert "paid" not in plain_text(html.body[: html.body.index(Wall())])


def test_line_ends_part_paragraphs_in_the_classic_editor_only() -> None:
    assert len(read("one\n\ntwo")[1].body) == 2
    assert len(read("<!-- wp:paragraph --><p>one\ntwo</p><!-- /wp:paragraph -->")[1].body) == 1
