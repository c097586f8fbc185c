"""Addresses without a file: gone, or never here; neither says a word of what stood there."""

import pytest

from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.actions.kill import kill
from dateline.story.models import Story
from tests import newsroom as agency


@pytest.fixture
def killed(newsroom):
    file_cards([agency.bridge()], by="test", now=agency.NOW, wishes=Wishes(publish=True))
    kill("ranica-bridge-en", why="secret reason", by="chief", now=agency.NOW)
    return Story.objects.get().address


@pytest.mark.parametrize("end", ["", "index.html"])
def test_a_killed_storys_address_is_gone_and_says_no_word_of_it(killed, client, end):
    answer = client.get(f"/{killed}{end}")
    assert answer.status_code == 410
    assert b"secret reason" not in answer.content
    assert b"bridge" not in answer.content.lower()
    assert not answer.cookies


@pytest.mark.parametrize(
    ("path", "words"), [("/en/nothing/", "Page not found"), ("/be/нічога/", "Старонка не знойдзена")]
)
def test_an_address_that_never_was_is_not_found_in_its_language(newsroom, client, path, words):
    answer = client.get(path)
    assert answer.status_code == 404
    assert words in answer.content.decode()
    assert not answer.cookies


def test_an_embargoed_or_drafted_story_is_never_here(newsroom, client):
    file_cards([agency.embargoed(), agency.bridge(status="draft")], by="t", now=agency.NOW, wishes=Wishes(publish=True))
    assert client.get("/en/2026/11/18/new-bridge-over-the-lusna-opens-in-krynicnaje/").status_code == 404
