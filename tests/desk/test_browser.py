"""The desk in a real browser, driven from outside: the running thing, its scripts, and what it asks of the network."""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MAKE = """
import sys
from pathlib import Path
from dateline.config.prepare import prepare
print(prepare(Path(sys.argv[1])).sign_in[1])
"""
START_MAX_S = 60

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"{CHROMIUM} is not installed (apt-get install chromium)"),
]


class Desk:
    """A running desk: its address and the chief's password."""

    def __init__(self, address: str, password: str) -> None:
        self.address, self.password = address, password


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    data = tmp_path_factory.mktemp("newsroom")
    environment = os.environ | {"DATELINE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "dateline.config.one"}
    made = subprocess.run(
        [sys.executable, "-c", MAKE, data], env=environment, capture_output=True, text=True, check=True
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "django", "runserver", f"127.0.0.1:{port}", "--noreload"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address + "/desk/sign-in/")
        yield Desk(address, made.stdout.strip().splitlines()[-1])
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: str) -> None:
    until = time.monotonic() + START_MAX_S
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"nothing answers at {address}")


class Watched:
    """A page, and everything it did that a page of the desk must not."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.set_default_timeout(15_000)
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda asked: self._request(asked.url, address))
        page.on(
            "response", lambda given: self.wrong.append(f"{given.status} {given.url}") if given.status >= 500 else None
        )

    def _request(self, asked: str, address: str) -> None:
        if not asked.startswith((address, "data:", "blob:")):
            self.wrong.append(f"asked another host: {asked}")


@pytest.fixture
def watched(desk: Desk) -> Iterator[Watched]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=desk.address)
        watched = Watched(page, desk.address)
        page.goto("/desk/")
        page.get_by_label("Name").fill("chief")
        page.get_by_label("Password").fill(desk.password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/desk/")
        yield watched
        browser.close()


def _picture() -> bytes:
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(held, "PNG")
    return held.getvalue()


def add_block(page: Any, name: str) -> None:
    page.locator(".c-sf-add-button").last.click()
    page.locator(".w-combobox__option", has_text=re.compile(f"^{name}$")).click()


def test_a_story_is_written_in_the_editor_and_published(watched: Watched) -> None:
    page = watched.page
    page.clock.install()
    page.goto("/desk/drafts/add/")
    # Wagtail looks at the form two seconds after loading; what was typed before is no change to it.
    page.wait_for_load_state("networkidle")
    page.clock.fast_forward(2500)
    page.locator("[name=headline]").fill("Ranak opens a second ferry")
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("The ferry carried ")
    page.keyboard.press("Control+b")
    page.keyboard.type("forty cars")
    page.keyboard.press("Control+b")
    page.keyboard.type(" on Tuesday.")
    for _ in "Tuesday.":
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Control+k")
    page.locator("#desk-link-address").fill("https://port.example/ferry")
    page.locator(".desk-link button[type=submit]").click()

    add_block(page, "Picture")
    page.locator("[data-desk-picture] input[type=file]").set_input_files(
        {"name": "ferry.png", "mimeType": "image/png", "buffer": _picture()}
    )
    page.locator("[data-desk-picture] img").wait_for()
    assert page.locator("[data-desk-picture] input[type=text]").input_value().startswith("picture:")
    page.locator("[name=lock]").select_option("free")
    # Saved by itself, into a draft that now has an address of its own.
    page.wait_for_url("**/desk/drafts/edit/*/")
    page.get_by_role("button", name="Preview", exact=False).first.click()
    shown = page.frame_locator("iframe[title]").first
    shown.get_by_text("forty cars").wait_for()

    page.locator("footer .w-dropdown button, footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("[name=desk-publish]").click()
    page.get_by_role("heading", name="Publish: Ranak opens a second ferry").wait_for()
    page.locator(".desk-act button[type=submit]").click()
    page.get_by_text("Published.").wait_for()
    page.goto("/desk/")
    page.get_by_role("link", name="Ranak opens a second ferry").wait_for()
    assert watched.wrong == []


@pytest.mark.parametrize(
    "address",
    [
        "/desk/",
        "/desk/drafts/",
        "/desk/drafts/add/",
        "/desk/users/",
        "/desk/users/new/",
        "/desk/account/",
        "/desk/sign-in/second-step/",
    ],
)
def test_each_screen_keeps_the_policy_and_asks_no_other_host(watched: Watched, address: str) -> None:
    watched.page.goto(address)
    watched.page.wait_for_load_state("networkidle")
    assert watched.wrong == []
