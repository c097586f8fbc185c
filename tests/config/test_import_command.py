"""`dateline import` as an editor who moves house uses it: real processes, a real folder."""

import csv
import hashlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.shared import shared

PAGE = """Ferry fares rise by a tenth in Kryničnaje

November 3, Ranica. Ferry fares on the Lusna rose by 10 percent on Monday, the harbour office said.
The last rise was in 2023.

Ice road to Buda opens early
- Politics, EconomyCouncil passes the harbour budgetThe material is available only to members
- Economy
- SportKryničnaje beat BudaThe material is available only to members
"""


def dateline(*args: object, code: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *map(str, args)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == code, done.stderr
    return done


def imported(data: Path, *args: object, code: int = 0) -> dict:
    return json.loads(dateline("import", *args, "--data", data, "--json", code=code).stdout)


def counts(told: dict) -> tuple[int, ...]:
    return tuple(told[key] for key in ("cards", "made", "changed", "same", "skipped"))


def content(data: Path) -> str:
    with sqlite3.connect(data / "newsroom.db") as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = [[table, *map(str, row)] for table in tables for row in db.execute(f'SELECT * FROM "{table}"')]  # noqa: S608
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_saved_page_stands_on_the_site_newest_first_under_its_sections(tmp_path, page):
    data = tmp_path / "newsroom"
    assert counts(imported(data, page, "--publish")) == (4, 4, 0, 0, 0)
    front = (data / "public/en/index.html").read_text(encoding="utf-8")
    places = [front.index(words) for words in ("Ferry fares rise", "Council passes", "beat Buda")]
    assert places == sorted(places)
    economy = (data / "public/en/economy/index.html").read_text(encoding="utf-8")
    assert "Council passes" in economy
    assert "beat Buda" not in economy
    story = next((data / "public/en").glob("20*/*/*/ferry-fares*/index.html")).read_text(encoding="utf-8")
    assert story.count("November 3, Ranica.") == 2  # once read, once in the dateline of the JSON-LD
    assert dateline("press", "--check", "--data", data).stdout.endswith("Equal.\n")
    assert counts(imported(data, page, "--publish")) == (4, 0, 0, 4, 0)


def test_the_record_and_its_pictures_are_for_their_owner_alone_and_the_site_for_all(tmp_path, page):
    data = tmp_path / "newsroom"
    imported(data, page, "--publish")
    private = [*data.glob("*.db*"), data / "media", data / "keys"]
    assert {path.name for path in private} >= {"newsroom.db", "press.db", "media", "keys"}
    assert all(not path.stat().st_mode & 0o077 for path in private)
    assert (data / "public/en/index.html").stat().st_mode & 0o004


def test_a_dry_run_changes_nothing(tmp_path, page):
    data = tmp_path / "newsroom"
    told = imported(data, page, "--publish", "--dry-run")
    assert counts(told) == (4, 4, 0, 0, 0)
    assert not data.exists()
    imported(data, page)
    before = content(data)
    assert counts(imported(data, page, "--publish", "--dry-run")) == (4, 0, 4, 0, 0)
    assert content(data) == before


def test_a_refused_file_is_named_with_its_reason_and_stops_no_other(tmp_path, page):
    (tmp_path / "broken.xml").write_bytes(b"%PDF-1.4 is no XML")
    done = dateline("import", tmp_path / "broken.xml", page, "--data", tmp_path / "newsroom", code=1)
    assert "broken.xml" in done.stderr
    assert "Nothing was taken from this file." in done.stderr
    assert "4 made" in done.stdout


def test_a_report_names_what_became_of_each_card(tmp_path, page):
    report = tmp_path / "report.jsonl"
    dateline("import", page, "--data", tmp_path / "newsroom", "--report", report)
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [line["outcome"] for line in lines] == ["made"] * 4


def test_an_import_that_was_cut_off_goes_on_where_it_stopped(tmp_path):
    cards = [{"id": f"c{n}", "headline": f"Story {n}", "language": "en", "locked": False} for n in range(1200)]
    archive = tmp_path / "archive.ndjson"
    archive.write_text("".join(json.dumps(card) + "\n" for card in cards[:700]), encoding="utf-8")
    data = tmp_path / "newsroom"
    imported(data, archive, "--publish")
    archive.write_text("".join(json.dumps(card) + "\n" for card in cards), encoding="utf-8")
    assert counts(imported(data, archive, "--publish")) == (1200, 500, 0, 700, 0)


def test_old_addresses_redirect(tmp_path):
    card = {
        "id": "x",
        "headline": "Moved",
        "locked": False,
        "address": "/2019/05/moved.html",
        "body": [{"kind": "p", "text": "Hi."}],
    }
    archive = tmp_path / "archive.ndjson"
    archive.write_text(json.dumps(card) + "\n", encoding="utf-8")
    data = tmp_path / "newsroom"
    imported(data, archive, "--publish")
    moved = (data / "public/2019/05/moved.html").read_text(encoding="utf-8")
    assert "moved/" in moved
    assert 'http-equiv="refresh"' in moved.lower().replace("'", '"') or "http-equiv=refresh" in moved.lower()


def test_the_seed_page_is_as_on_the_page(tmp_path):
    seed = shared("seeds", "pozirk-page.txt")
    parsed = [json.loads(line) for line in dateline("parse", seed, "--json").stdout.splitlines()]
    entries = [line for line in seed.read_text(encoding="utf-8").splitlines() if line.startswith("- ")]
    story, listing = parsed[0], parsed[1:]
    assert story["kind"] == "story"
    assert story["dateline"]["text"] == "December 9, Pozirk."
    assert story["body"][0]["text"].startswith("After Russian President")
    assert [r["headline"] for r in story["related"]] == ["Russia may test NATO’s resolve using Belarus"]
    assert len(listing) == len(entries) == 20
    notice = "The material is available only to POZIRK+"
    for card, entry in zip(listing, entries, strict=True):
        sections = ", ".join(card["sections"])
        assert entry == f"- {sections}{card.get('headline', '')}{notice if card.get('locked') else ''}"
    data = tmp_path / "newsroom"
    assert counts(imported(data, seed, "--publish")) == (21, 21, 0, 0, 0)
    front = (data / "public/en/index.html").read_text(encoding="utf-8")
    shown = [card["headline"] for card in parsed if card.get("headline")]
    places = [front.index(headline.replace("’", "’")) for headline in shown]
    assert places == sorted(places)
    assert counts(imported(data, seed, "--publish")) == (21, 0, 0, 21, 0)


def test_the_shared_archives_are_taken_once_and_every_refusal_has_its_reason(tmp_path):
    folder = shared("imports")
    data = tmp_path / "newsroom"
    dry = imported(data, folder, "--publish", "--dry-run", code=1)
    assert not data.exists()
    first = imported(data, folder, "--publish", code=1)
    assert first["cards"] == first["made"] + first["changed"] + first["same"] + first["skipped"] > 300
    assert dry["cards"] == first["cards"]
    assert all(
        refused["happened"] and refused["kept"] and refused["next"] and refused["subject"]
        for refused in first["refused"]
    )
    assert any("wpimporter-malformed.xml" in refused["subject"] for refused in first["refused"])
    second = imported(data, folder, "--publish", code=1)
    assert counts(second) == (first["cards"], 0, 0, first["cards"] - second["skipped"], first["skipped"])
    assert [r["subject"] for r in second["refused"]] == [r["subject"] for r in first["refused"]]
    assert dateline("press", "--check", "--data", data).stdout.endswith("Equal.\n")
    markers = ("VISIBLE-LOCKED-1", "VISIBLE-LOCKED-2", "VISIBLE-LOCKED-3", "VISIBLE-DRAFT")
    from tests import leaks

    assert [leaks.places(marker, data / "public") for marker in markers] == [[]] * 4
    with sqlite3.connect(data / "newsroom.db") as db:
        everything = "\n".join(db.iterdump())
    assert "$2a$10$" not in everything
    assert "$2b$10$" not in everything


def test_members_are_counted_and_left_for_later(tmp_path):
    members = tmp_path / "members.csv"
    with members.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "email", "name", "note", "subscribed_to_emails", "complimentary_plan", "created_at"])
        rows.writerow(["1", "reader@ranica.example", "=SUM(A1)", "", "true", "false", "2026-01-01"])
    told = imported(tmp_path / "newsroom", members, code=0)
    assert counts(told) == (0, 0, 0, 0, 0)
    assert told["left"] == {"members": 1}
    assert b"reader@" not in (tmp_path / "newsroom/newsroom.db").read_bytes()
