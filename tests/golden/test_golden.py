"""The exact bytes of each surface, for bytes are what we deliver. `make golden` writes them anew."""

from pathlib import Path

import pytest
from tests import newsroom as agency

from dateline.press.working import press_now, public
from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.actions.kill import kill

HERE = Path(__file__).parent / "tree"
CHOSEN = (
    "index.html", "404.html", "en/index.html", "be/index.html", "be-Latn/index.html", "ru/index.html", "en/economy/index.html",
    "en/2026/11/18/index.html", "en/2026/11/index.html", "en/archive/index.html", "en/about/index.html",
    "en/2026/11/18/new-bridge-over-the-lusna-opens-in-krynicnaje/index.html", "ru/feed.xml", "en/feed.xml", "en/atom.xml",
    "en/feed.json", "sitemap.xml", "sitemaps/2026-11-18.xml", "sitemaps/lists.xml", "news-sitemap.xml", "feeds.opml",
    "robots.txt",
)  # fmt: skip


@pytest.fixture
def tree(newsroom):
    who = {"by": "test", "now": agency.NOW}
    file_cards(agency.all_cards(), **who, wishes=Wishes(publish=True))
    file_cards([agency.corrected_bridge()], **who, wishes=Wishes(publish=True))
    kill("ranica-derby-en", why="never happened", **who)
    press_now()
    return public()


@pytest.fixture
def locked_page(tree):
    return next((tree / "ru/2026/11/19").glob("*/index.html"))


def hold(name: str, made: bytes, rewrite: bool) -> None:
    golden = HERE / name
    if rewrite:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(made)
    assert golden.exists(), "no golden file: make golden, and read it"
    assert made.decode() == golden.read_text(encoding="utf-8"), f"{name} changed: make golden, and read the diff"


def test_chosen_outputs_are_what_they_were(tree, request):
    for name in CHOSEN:
        hold(name, (tree / name).read_bytes(), request.config.getoption("--rewrite-golden"))


def test_a_locked_story_is_what_it_was(locked_page, request):
    hold("locked-ru.html", locked_page.read_bytes(), request.config.getoption("--rewrite-golden"))


def test_the_names_of_all_outputs_are_what_they_were(tree, request):
    names = sorted(
        p.relative_to(tree).as_posix() for p in tree.rglob("*") if p.is_file() and p.suffix not in (".gz", ".br")
    )
    hold("names.txt", ("\n".join(names) + "\n").encode(), request.config.getoption("--rewrite-golden"))
