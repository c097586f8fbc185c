"""`dateline parse`: cards on standard output, refusals on standard error, and an exit status scripts can rely on."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.formats.readers.test_page import PAGE

from dateline.config.commands.parse import parse


def run(*arguments: object, given: bytes | None = None) -> Result:
    return CliRunner().invoke(parse, [str(argument) for argument in arguments], input=given)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_cards_are_one_json_line_each_and_name_their_file(page: Path) -> None:
    result = run(page, "--json")
    cards = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [card["kind"] for card in cards] == ["story", *["headline"] * 6]
    assert cards[0]["source"] == {"format": "page", "file": str(page), "encoding": "utf-8"}


def test_without_json_a_summary_says_what_each_file_holds(page: Path) -> None:
    result = run(page)
    assert result.exit_code == 0
    for word in ("page", "7", "1 story", "6 headline", "7 usable"):
        assert word in result.stdout


def test_a_refused_file_is_named_and_stops_no_other(page: Path) -> None:
    bad = page.with_name("bad.pdf")
    bad.write_bytes(b"%PDF-1.7")
    result = run(bad, page, page.with_name("absent.xml"), "--json")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 7
    first, second = result.stderr.splitlines()
    assert first == f"{bad}: it is a picture, a PDF or another file that is not text: Nothing was taken from this file"
    assert second.startswith(f"{page.with_name('absent.xml')}: it cannot be opened")


def test_a_list_of_members_is_counted_and_the_status_says_no_story(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text("email,name\na@example.org,Reader\n", encoding="utf-8")
    result = run(path, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "1 members" in result.stderr
    assert "example.org" not in result.stderr


def test_a_folder_is_read_whole_without_hidden_files(page: Path) -> None:
    inside = page.parent / "deeper" / "cards.ndjson"
    inside.parent.mkdir()
    inside.write_text('{"id": "1"}\n', encoding="utf-8")
    (page.parent / ".hidden").write_text("nothing", encoding="utf-8")
    result = run(page.parent, "--json")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 8


def test_an_empty_folder_is_no_success(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 1


def test_standard_input_is_read() -> None:
    result = run("-", "--json", given=PAGE.encode())
    assert len(result.stdout.splitlines()) == 7
    assert json.loads(result.stdout.splitlines()[0])["source"]["file"] == "-"


def test_packed_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "cards.ndjson.gz"
    path.write_bytes(gzip.compress(b'{"id": "1"}\nbroken\n{"id": "2"}\n'))
    result = run(path, "--json")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 2
    assert f"{path}, line 2" in result.stderr


def test_cards_written_are_cards_read(page: Path) -> None:
    first = run(page, "--json").stdout
    again = run("-", "--json", given=first.encode()).stdout
    drop = {"source"}
    assert [{k: v for k, v in json.loads(line).items() if k not in drop} for line in again.splitlines()] == [
        {k: v for k, v in json.loads(line).items() if k not in drop} for line in first.splitlines()
    ]


def test_a_format_can_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("A headline\nA letter of one line.\n", encoding="utf-8")
    assert run(path).exit_code == 1
    assert run(path, "--format", "page").exit_code == 0


@pytest.mark.parametrize("arguments", [(), ("--format", "word", "x"), ("--nothing", "x")])
def test_wrong_use_is_told_apart(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_help_shows_an_example() -> None:
    assert "dateline parse export.xml feeds/ --json" in run("--help").stdout


def test_a_file_name_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202eb.txt"
    path.write_text("x", encoding="utf-8")
    result = run(path)
    assert "\x1b[31m" not in result.output
    assert "\u202e" not in result.output
