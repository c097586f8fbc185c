"""The preview is the page readers will get, and says what they will not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dateline.formats.body import plain_text
from dateline.formats.story_card import StoryCard
from dateline.press import previews
from tests.newsroom import SENTINEL


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[StoryCard]]:
    """What the site was asked to render; its page says the card's free words."""
    cards: list[StoryCard] = []

    def render(card: StoryCard) -> bytes:
        cards.append(card)
        words = plain_text(card.body)
        return f"<!doctype html><html><head></head><body><main>{card.headline}: {words}</main></body></html>".encode()

    monkeypatch.setattr(previews, "_renderers", [render])
    return cards  # type: ignore[return-value]


def locked() -> dict[str, Any]:
    from wagtail.test.utils.form_data import rich_text

    from tests.desk.people import TEXT

    def text(html: str) -> tuple[str, str]:
        return ("text", rich_text(html, features=TEXT))

    return {"lock": "locked", "blocks": [text("<p>Free words.</p>"), ("wall", ""), text(f"<p>{SENTINEL}</p>")]}


def test_the_sites_own_page_is_shown(editor: Any, rendered: list[StoryCard]) -> None:
    draft = editor.writes("Second ferry")
    page = editor.previews(draft, "Third ferry", "It sank.")
    assert "Third ferry: It sank." in page
    assert (rendered[-1].locked, rendered[-1].sections, rendered[-1].uid) == (
        False,
        ("economy", "politics"),
        str(draft.story_uid),
    )


def test_what_stands_below_the_wall_is_marked_and_in_no_card(editor: Any, rendered: list[StoryCard]) -> None:
    draft = editor.writes()
    page = editor.previews(draft, "Ferry", **locked())
    assert plain_text(rendered[-1].body) == "Free words."
    before, _, after = page.partition("Below the wall")
    assert SENTINEL not in before
    assert SENTINEL in after


def test_a_story_that_is_out_keeps_its_address_and_its_hour(
    editor: Any, bridge: Any, rendered: list[StoryCard]
) -> None:
    draft = editor.opens(bridge.uid)
    editor.previews(draft, "New words")
    assert (rendered[-1].address, rendered[-1].published) == (bridge.address, bridge.published)
    assert rendered[-1].headline == "New words"


def test_links_of_the_previewed_page_lead_where_they_will(editor: Any, bridge: Any, rendered: list[StoryCard]) -> None:
    page = editor.previews(editor.opens(bridge.uid), "New words")
    assert f'<base href="/desk/as-read/{bridge.address}"' in page
    answer = editor.browser.get("/desk/as-read/en/politics/")
    assert answer.headers["location"] == "/en/politics/"
    assert editor.browser.get("/desk/as-read/media/../newsroom.toml").status_code == 404


def test_without_a_renderer_the_words_are_still_shown(editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "_renderers", [])
    page = editor.previews(editor.writes(), "Ferry", **locked())
    assert "Free words." in page
    assert SENTINEL in page.partition("Below the wall")[2]


def test_copy_that_cannot_go_out_says_why_in_place_of_a_page(editor: Any, rendered: list[StoryCard]) -> None:
    blocks = [("picture", {"src": "", "alt": "The ferry", "caption": "", "credit": ""})]
    page = editor.previews(editor.writes(), "Ferry", blocks=blocks)
    assert "no picture is chosen" in page
    assert not rendered


def test_a_draft_that_was_never_saved_can_be_previewed(editor: Any, rendered: list[StoryCard]) -> None:
    from tests.desk.people import copy

    assert editor.browser.post("/desk/drafts/preview/", copy("Ferry", "Sails.")).json()["is_available"]
    assert "Ferry: Sails." in editor.browser.get("/desk/drafts/preview/").content.decode()
