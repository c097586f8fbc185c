"""The list of stories reads the record, newest first, by key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dateline.desk import reads
from dateline.desk.reads import Asked
from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.actions.kill import kill
from tests import newsroom as agency
from tests.desk.people import Person


@pytest.fixture
def record(newsroom: Any) -> list[Any]:
    """Thirty stories in three languages, some of one instant; one kept in, one killed."""
    cards = []
    for number in range(30):
        language = ("en", "be", "ru")[number % 3]
        when = agency.NOW - timedelta(hours=number // 4)
        cards.append(agency.bridge(id=f"s{number}", language=language, headline=f"Story {number}", published=when))
    cards.append(agency.bridge(id="kept", status="draft", headline="Kept in"))
    cards.append(agency.bridge(id="dead", headline="Killed"))
    file_cards(cards, by="import", now=agency.NOW, wishes=Wishes(publish=True))
    kill("dead", why="Wrong.", by="chief", now=agency.NOW)
    return cards


def pages(limit: int, **asked: str) -> list[list[str]]:
    found, below = [], ""
    while True:
        rows, below = reads.stories(Asked(**asked, below=below), limit)
        found.append([row.headline for row in rows])
        if not below:
            return found


def test_pages_by_key_give_each_story_once_newest_first(record: Any) -> None:
    expected = [f"Story {number}" for number in range(30)]
    assert [headline for page in pages(7) for headline in page] == expected
    assert [len(page) for page in pages(7)] == [7, 7, 7, 7, 2]


def test_languages_states_and_beginnings_are_told_apart(record: Any) -> None:
    assert pages(50, language="be")[0] == [f"Story {number}" for number in range(1, 30, 3)]
    assert pages(50, state="in") == [["Kept in"]]
    assert pages(50, state="gone") == [["Killed"]]
    assert pages(50, prefix="story 2")[0] == [f"Story {n}" for n in (2, *range(20, 30))]


def test_a_page_asks_a_fixed_number_of_questions(record: Any, django_assert_num_queries: Any) -> None:
    for limit in (3, 20):
        with django_assert_num_queries(5):
            reads.stories(Asked(), limit)


def test_the_screen_shows_them_and_survives_any_question(editor: Any, record: Any) -> None:
    page = editor.browser.get("/desk/stories/").content.decode()
    assert "Story 0" in page
    assert "Kept in" in editor.browser.get("/desk/stories/?state=in").content.decode()
    for nonsense in (
        "?state=x&language=xx",
        "?below=x",
        "?below=2026-01-01~x",
        "?below=2026-01-01~9",
        "?below=0001-01-01T00:00%2B14:00~99999999999999999999",
        "?prefix=%25%00",
        "?q=Story 29",
    ):
        assert editor.browser.get(f"/desk/stories/{nonsense}").status_code == 200


def test_a_link_finds_stories_that_are_out(editor: Any, record: Any) -> None:
    found = editor.browser.get("/desk/stories/find/?q=story 1").json()["stories"]
    assert found[0]["headline"] == "Story 1"
    assert editor.browser.get("/desk/stories/find/?q=Kept").json()["stories"] == []
    assert editor.browser.get("/desk/stories/find/?q=Killed").json()["stories"] == []


def test_kept_in_copy_is_opened_as_it_was_filed(editor: Any, record: Any) -> None:
    row = reads.stories(Asked(state="in"))[0][0]
    draft = editor.opens(row.uid)
    assert (draft.headline, draft.take_seen, draft.published) == ("Kept in", 0, agency.bridge().published)
    editor.does("publish", row.uid)
    assert pages(50, state="in") == [[]]


def test_one_story_shows_its_rows_of_the_register(editor: Any, bridge: Any) -> None:
    page = editor.browser.get(f"/desk/stories/{bridge.uid}/").content.decode()
    assert "import" in page
    assert f"/{bridge.address}" in page
    assert editor.browser.get("/desk/stories/5f6d6c0a-51a3-5b0e-9c3e-d47e11fe2026/").status_code == 404


def test_an_act_that_needs_a_draft_is_not_offered_without_one(editor: Person, bridge: Any) -> None:
    page = editor.browser.get(f"/desk/stories/{bridge.uid}/").content.decode()
    assert f"/desk/stories/{bridge.uid}/update/" not in page
    assert f"/desk/stories/{bridge.uid}/correct/" in page
    screen = editor.browser.get(f"/desk/stories/{bridge.uid}/update/").content.decode()
    assert "open it and write first" in screen
    assert 'name="seen"' not in screen


def test_an_act_that_makes_no_sense_now_has_no_button(editor: Person, bridge: Any) -> None:
    screen = editor.browser.get(f"/desk/stories/{bridge.uid}/publish/").content.decode()
    assert "This cannot be done now. The story is: Out." in screen
    assert 'name="seen"' not in screen


def test_an_address_with_nothing_there_is_told_as_the_desk_tells(editor: Person) -> None:
    answer = editor.browser.get("/desk/nothing/")
    assert answer.status_code == 404
    assert "Wagtail" not in answer.content.decode()
    assert "Nothing was changed." in answer.content.decode()


def test_the_headline_is_named_where_it_is_empty(editor: Person) -> None:
    assert 'placeholder="Headline"' in editor.browser.get("/desk/drafts/add/").content.decode()
