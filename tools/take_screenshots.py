"""Photograph the demonstration agency for the README: `make docs`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

INTO: Final = Path(__file__).parents[1] / "docs/screenshots"
CHROMIUM: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
)  # fmt: skip
SHOTS: Final = (
    # file, address, width, height, colour scheme
    ("front-en", "en/", 1280, 960, "light"),
    ("front-be-dark", "be/", 1280, 960, "dark"),
    ("story-en", "STORY", 1280, 1400, "light"),
    ("front-ru-phone", "ru/", 360, 780, "light"),
    ("story-be-phone", "STORY-be", 360, 780, "dark"),
)
PORT: Final = 8765


def main() -> None:
    INTO.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "newsroom"
        subprocess.run([sys.executable, "-m", "dateline", "demo", "--data", str(data)], check=True)  # noqa: S603
        command = [sys.executable, "-m", "dateline", "run", "--data", str(data), "--port", str(PORT)]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
        try:
            said = _said(running)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=_chromium(), args=list(CHROMIUM))
                _shoot_site(browser, data)
                _shoot_desk(browser, said)
                browser.close()
        finally:
            running.terminate()
            running.wait(20)


def _chromium() -> str:
    return os.environ.get("CHROMIUM", "/usr/bin/chromium")


def _said(running: subprocess.Popen[str]) -> tuple[str, str]:
    """The desk's first sign-in, as `dateline run` prints it."""
    for line in running.stdout or ():
        if found := re.search(r"name (\S+), password (\S+)", line):
            return found[1], found[2]
    raise SystemExit("dateline run printed no sign-in")


def _shoot_site(browser: Browser, data: Path) -> None:
    places = {"STORY": _story(data, "en"), "STORY-be": _story(data, "be")}
    for name, address, width, height, scheme in SHOTS:
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=1)
        page.goto(f"http://127.0.0.1:{PORT}/{places.get(address, address)}")
        page.evaluate("Promise.all([...document.images].filter(i => i.loading != 'lazy').map(i => i.decode()))")
        page.screenshot(path=INTO / f"{name}.png")
        page.close()


def _story(data: Path, language: str) -> str:
    """The first story of a language that shows a picture and a quotation."""
    pages = sorted((data / "public" / language).glob("20*/*/*/*/index.html"))
    page = next(p for p in pages if "<picture" in (words := p.read_text(encoding="utf-8")) and "<blockquote" in words)
    return page.parent.relative_to(data / "public").as_posix() + "/"


def _shoot_desk(browser: Browser, sign_in: tuple[str, str]) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"http://127.0.0.1:{PORT}/desk/")
    page.fill("input[name=login]", sign_in[0])
    page.fill("input[name=password]", sign_in[1])
    page.click("button[type=submit]")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=INTO / "desk.png")


if __name__ == "__main__":
    main()
