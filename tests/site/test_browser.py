"""What a reader's browser makes of every kind of page: Debian's chromium, scripts on and off, light and dark."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from dateline.press.surfaces import surfaces
from dateline.site.house import SectionLabels, house
from dateline.site.surfaces.story import story_page
from dateline.story.actions.filing import Wishes, file_cards
from tests import newsroom as agency
from tests.site import cards

CHROMIUM = which("chromium") or ""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed: pages were not tried in a browser"),
]

BY_LANGUAGE = ("", "economy/", "2026/11/18/", "2026/11/", "archive/", "about/", "404.html")
STORIES = tuple(card.address for card in cards.ALL)
LANGUAGES = ("en", "be", "be-Latn", "ru")
PAGES = (*(f"{language}/{kind}" for language in LANGUAGES for kind in BY_LANGUAGE), *STORIES)


@pytest.fixture
def site(newsroom, tmp_path) -> Iterator[str]:
    """The invented agency's pages, and one page of each difficult card, served as any plain server would."""
    filed = [agency.bridge(), agency.bridge_be(), agency.bridge_latn(), agency.ledger(), agency.derby()]
    filed += [agency.bridge(id="ru", language="ru", headline="Мост открыт", slug="ru")]
    file_cards(filed, by="test", now=agency.NOW, wishes=Wishes(publish=True))
    root = tmp_path / "public"
    for surface in surfaces():
        if surface.name != "picture":
            for path, content in surface.render(list(surface.every())):
                _put(root / path, content)
    for card in cards.ALL:
        _put(root / card.address / "index.html", story_page(card, house(), SectionLabels(house())))
    yield from _served(root)


def _put(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def _served(root: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Silent, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory) -> Iterator[Browser]:
    import os

    # Playwright keeps a loop running in this thread, and Django then refuses the database for no reason of ours.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_axe(browser, site, scheme):
    # The policy forbids scripts, axe among them.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    broken = {}
    for address in PAGES:
        page.goto(site + address)
        found = Axe().run(page)
        if found.violations_count:
            broken[address] = found.generate_report()
    context.close()
    assert not broken, "\n".join(f"{address}\n{report}" for address, report in broken.items())


@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_asks_only_its_own_host_and_breaks_no_policy(browser, site, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    for address in PAGES:
        page.goto(site + address)
    context.close()
    pictures = [url for url in asked if "/media/" in url]
    assert not [url for url in asked if not url.startswith(site)]
    assert not [line for line in told if "Failed to load resource" not in line or not pictures]
    # To read a page takes one request; the icon is the browser's wish, and a picture's files are not here.
    assert {url.removeprefix(site) for url in asked} - {*PAGES, "icon.svg"} <= {
        url.removeprefix(site) for url in pictures
    }


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(browser, site, width):
    page = browser.new_page(viewport={"width": width, "height": 600})
    wide = []
    for address in PAGES:
        page.goto(site + address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    page.close()
    assert not wide


def test_the_first_tab_skips_to_the_text_and_the_table_can_be_reached(browser, site):
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.goto(site + cards.STORY.address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#text"
    page.keyboard.press("Enter")
    assert page.url.endswith("#text")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.className || document.activeElement.tagName"))
    assert "tb" in reached
    assert "BODY" in reached  # past the last link and round: no trap
    page.close()


def test_printing_hides_what_only_a_screen_needs(browser, site):
    page = browser.new_page()
    page.goto(site + cards.STORY.address)
    page.emulate_media(media="print")
    shown = "[...document.querySelectorAll('nav,.skip,.on')].filter(e => getComputedStyle(e).display !== 'none').length"
    assert page.evaluate(shown) == 0
    assert page.locator("h1").is_visible()
    page.close()
