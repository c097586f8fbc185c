"""The desk speaks Belarusian and Russian: every word of ours is translated, and what is installed is what was written."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path
from typing import Any

import pytest

import dateline.desk
from tests.desk.people import Person

DESK = Path(dateline.desk.__file__).parent
TRANS = re.compile(r"""{% trans (?:"([^"]+)"|'([^']+)')""")
MARKED = {"_", "gettext", "gettext_lazy"}


def written(tongue: str) -> dict[str, str]:
    """The .po file by `context EOT text`, as gettext keys them; each text is one line (makemessages --no-wrap)."""
    text = (DESK / f"locale/{tongue}/LC_MESSAGES/django.po").read_text("utf-8")
    entries = re.findall(r'^(?:msgctxt "(.+)"\n)?msgid (".+")\nmsgstr (".*")$', text, re.MULTILINE)
    return {key(context, ast.literal_eval(said)): ast.literal_eval(meant) for context, said, meant in entries}


def key(context: str, text: str) -> str:
    return f"{context}\x04{text}" if context else text


def marked() -> set[str]:
    """Every text of the desk that is marked for translation."""
    found = {one or other for file in DESK.rglob("*.html") for one, other in TRANS.findall(file.read_text("utf-8"))}
    for file in DESK.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKED:
                found.add(ast.literal_eval(node.args[0]))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pgettext_lazy":
                found.add(key(*(ast.literal_eval(part) for part in node.args)))
    return found


@pytest.mark.parametrize("tongue", ["be", "ru"])
def test_every_word_of_the_desk_is_translated(tongue: str) -> None:
    said = written(tongue)
    assert marked() - set(said) == set(), "run makemessages in src/dateline/desk, then translate"
    assert [text for text, meant in said.items() if not meant] == []
    assert "fuzzy" not in (DESK / f"locale/{tongue}/LC_MESSAGES/django.po").read_text("utf-8")


@pytest.mark.parametrize("tongue", ["be", "ru"])
def test_a_translation_keeps_the_places_of_values(tongue: str) -> None:
    for text, meant in written(tongue).items():
        assert sorted(re.findall(r"%\(\w+\)[sd]", text)) == sorted(re.findall(r"%\(\w+\)[sd]", meant)), text


@pytest.mark.parametrize("tongue", ["be", "ru"])
def test_what_is_installed_is_what_was_written(tongue: str) -> None:
    with (DESK / f"locale/{tongue}/LC_MESSAGES/django.mo").open("rb") as file:
        installed = gettext.GNUTranslations(file)
    said = written(tongue)
    catalog = set(installed._catalog) - {""}  # type: ignore[attr-defined]  # the library has no public list
    assert catalog == set(said), "run msgfmt"
    assert {text: installed.gettext(text) for text in said} == said


def test_the_desk_speaks_the_language_of_the_browser_and_then_the_persons_own(writer: Person) -> None:
    assert "Матэрыялы" in writer.browser.get("/desk/", headers={"accept-language": "be"}).content.decode()
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=writer.user, defaults={"preferred_language": "ru"})
    page = writer.browser.get("/desk/stories/", headers={"accept-language": "be"}).content.decode()
    assert "Материалы" in page


def test_an_act_is_called_by_our_word_and_not_by_wagtails(editor: Person, bridge: Any) -> None:
    editor.browser.post(f"/desk/stories/{bridge.uid}/open/")
    page = editor.browser.get(f"/desk/stories/{bridge.uid}/", headers={"accept-language": "be"}).content.decode()
    assert "Абнавіць…" in page


def test_signing_in_speaks_the_language_of_the_browser(newsroom: Path) -> None:
    from django.test import Client

    page = Client().get("/desk/sign-in/", headers={"accept-language": "be"}).content.decode()
    assert '<html lang="be">' in page
    assert "Увайсці" in page
