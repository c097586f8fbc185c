"""The demonstration agency is whole, strict, and says the same in every language."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from dateline.demo import stories
from dateline.demo.stories import load_cards, newsroom
from dateline.formats.body import ListBlock, Picture, Quote, Subheading, Table, Wall, links_in, plain_text, text_of
from dateline.formats.filed import FiledCard, from_json, to_json

NOW = datetime(2026, 11, 22, 16, 4, tzinfo=UTC)
LANGUAGES = {"en", "be", "be-Latn", "ru"}

REAL_NAMES = re.compile(
    r"pozirk|позірк|позирк|belta|белта|reuters|рейтер|interfax|интерфакс|\btass\b|\bтасс\b|associated press|afp|bbc|"
    r"belarus|беларус|белорус|minsk|мінск|минск|russia|расі[яі]|росси|ukrain|украін|украин|lithuania|літв|литв|poland|польшч|"
    r"польш|\bnato\b|\bнато\b|łukašenka|лукашэнк|лукашенк|putin|пуцін|путин|brest|hrodna|lorem",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def cards() -> list[FiledCard]:
    return load_cards(NOW)


@pytest.fixture(scope="module")
def first_takes(cards: list[FiledCard]) -> list[FiledCard]:
    return [card for card in cards if card.version == 1]


def everything_said(card: FiledCard) -> str:
    pictures = [f"{block.alt} {block.caption} {block.credit}" for block in card.body if isinstance(block, Picture)]
    quotes = [f"{block.speaker} {block.outlet} {block.said_on}" for block in card.body if isinstance(block, Quote)]
    cells = [text_of(cell) for block in card.body if isinstance(block, Table) for row in block.rows for cell in row]
    prose = plain_text(block for block in card.body if not isinstance(block, Table))
    lines = [card.headline, card.subheadline, card.summary, card.byline, card.note, prose]
    return "\n".join([*lines, *cells, *pictures, *quotes, *(c.note for c in card.corrections)])


def figures(card: FiledCard) -> set[str]:
    """Every number of the copy, written one way: no thousands mark, a point before decimals."""
    if card.language == "en":
        found = re.findall(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?", everything_said(card))
        return {number.replace(",", "") for number in found}
    found = re.findall(r"\d{1,3}(?:[\u00a0 ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?", everything_said(card))
    return {re.sub(r"[\u00a0 ]", "", number).replace(",", ".") for number in found}


def number(cell: str) -> int:
    return int(re.sub(r"[\u00a0,]", "", cell))


def table_of(card: FiledCard) -> list[list[str]]:
    (table,) = (block for block in card.body if isinstance(block, Table))
    assert table.header
    return [[text_of(cell) for cell in row] for row in table.rows]


# --- what the agency has filed ------------------------------------------------------------------------------------


def test_three_weeks_hold_at_least_sixty_stories_in_four_languages(first_takes: list[FiledCard]) -> None:
    days = {card.version_created.date() for card in first_takes if card.version_created and card.published}
    assert len(first_takes) >= 64
    assert {card.language for card in first_takes} == LANGUAGES == set(newsroom()["languages"])
    assert (min(days).isoformat(), max(days).isoformat()) == ("2026-11-02", "2026-11-22")
    assert len(days) >= 18


def test_at_least_fourteen_events_are_told_in_three_languages(first_takes: list[FiledCard]) -> None:
    told = Counter(card.slugline for card in first_takes)
    assert sum(times >= 3 for times in told.values()) >= 14


def test_one_of_each_difficulty_is_there(cards: list[FiledCard], first_takes: list[FiledCard]) -> None:
    signals = {
        signal: {card.slugline for card in cards if card.signal == signal} for signal in ("correction", "update")
    }
    assert sum(bool(card.locked) for card in first_takes) >= 12
    assert len(signals["correction"]) == 2
    assert len(signals["update"]) == 1
    assert len({card.slugline for card in cards if card.status == "canceled"}) == 1
    assert len({card.slugline for card in cards if card.status == "embargoed"}) == 1


def test_lengths_run_from_two_paragraphs_to_two_long_reads(first_takes: list[FiledCard]) -> None:
    words = {card.id: len(plain_text(card.body).split()) for card in first_takes}
    long_reads = {card.slugline for card in first_takes if words[card.id] > 700}
    assert len(long_reads) == 2
    assert min(words.values()) < 70


def test_quotations_subheadings_lists_and_tables_are_all_used(first_takes: list[FiledCard]) -> None:
    kinds = Counter(type(block) for card in first_takes for block in card.body)
    assert all(kinds[kind] >= 2 for kind in (Quote, Subheading, ListBlock, Table, Picture, Wall))


def test_twelve_pictures_are_shown(first_takes: list[FiledCard]) -> None:
    shown = {block.src for card in first_takes for block in card.body if isinstance(block, Picture)}
    assert len(shown) == 12


# --- what holds for every story -----------------------------------------------------------------------------------


def test_cards_come_in_the_order_they_were_filed(cards: list[FiledCard]) -> None:
    filed = [card for card in cards if card.status != "embargoed"]
    assert cards[: len(filed)] == filed
    assert all(
        a.version_created <= b.version_created for a, b in pairwise(filed) if a.version_created and b.version_created
    )
    seen: Counter[str] = Counter()
    for card in cards:
        seen[card.id] += 1
        assert card.version == seen[card.id]


def test_a_translation_follows_its_original(first_takes: list[FiledCard]) -> None:
    by_id = {card.id: card for card in first_takes}
    for card in first_takes:
        if card.translation_of:
            original = by_id[card.translation_of]
            assert not original.translation_of
            assert original.language != card.language
            assert original.version_created is not None
            assert card.version_created is not None
            assert original.version_created < card.version_created


def test_every_story_opens_with_a_dateline_apart_from_its_text(cards: list[FiledCard]) -> None:
    for card in cards:
        assert card.dateline is not None
        assert re.search(r"(Vyraj|Вырай)\.$", card.dateline.text), card.id
        assert card.dateline.text not in plain_text(card.body)


def test_a_dateline_names_the_agencys_day(cards: list[FiledCard]) -> None:
    by_id = {card.id: card.dateline.text for card in cards if card.dateline}
    assert by_id["demo-brod-bridge-en"] == "November 9, Vyraj."
    assert by_id["demo-brod-bridge-be"] == "9 лістапада, Вырай."
    assert by_id["demo-choir-majak-be-Latn"] == "4 listapada, Vyraj."
    assert by_id["demo-two-banks-ru"] == "19 ноября, Вырай."


def test_sections_are_those_of_the_newsroom(cards: list[FiledCard]) -> None:
    known = {section["slug"] for section in newsroom()["sections"]}
    used = Counter(section for card in cards for section in card.sections)
    assert set(used) == known
    assert all(card.sections for card in cards)
    assert all(set(section["labels"]) == LANGUAGES for section in newsroom()["sections"])


def test_a_locked_story_has_one_or_two_free_paragraphs(first_takes: list[FiledCard]) -> None:
    for card in first_takes:
        walls = [at for at, block in enumerate(card.body) if isinstance(block, Wall)]
        assert len(walls) == bool(card.locked), card.id
        if walls:
            free = [block for block in card.body[: walls[0]] if not isinstance(block, Picture)]
            assert 1 <= len(free) <= 2, card.id


def test_every_picture_is_described_in_the_language_of_its_story(first_takes: list[FiledCard]) -> None:
    for card in first_takes:
        for block in card.body:
            if isinstance(block, Picture):
                assert all((block.alt, block.caption, block.credit)), card.id


def test_slugs_are_one_each_in_a_language_and_day(first_takes: list[FiledCard]) -> None:
    addresses = Counter((card.language, card.published and card.published.date(), card.slug) for card in first_takes)
    assert max(addresses.values()) == 1


def test_a_link_points_to_a_story_already_out_in_the_same_language(cards: list[FiledCard]) -> None:
    out: dict[str, FiledCard] = {}
    linked = 0
    for card in cards:
        out[card.id] = card
        for href in links_in(card.body):
            linked += 1
            assert out[href.removeprefix("story:")].language == card.language
    assert linked >= 20


def test_a_correction_says_what_was_wrong_and_a_kill_says_why(cards: list[FiledCard]) -> None:
    for card in cards:
        if card.signal == "correction":
            assert len(card.corrections) == 1
            assert len(card.corrections[0].note) > 60
        if card.signal == "kill":
            assert len(card.note) > 60
            assert card.body == ()


def test_an_embargo_ends_two_days_later_at_six_by_the_agencys_clock() -> None:
    for now in (NOW, NOW + timedelta(hours=6), datetime(2027, 3, 27, 12, tzinfo=UTC)):
        (card,) = (c for c in load_cards(now) if c.id == "demo-closed-trials-en")
        zone = ZoneInfo("Europe/Vilnius")
        assert card.embargoed_until is not None
        assert card.embargoed_until.astimezone(zone).hour == 6
        assert card.embargoed_until.date() - now.astimezone(zone).date() == timedelta(days=2)
        assert card.dateline is not None
        assert card.dateline.date == card.embargoed_until.date()
        assert card.published is None


def test_only_the_embargoed_story_depends_on_the_moment() -> None:
    def fixed(now: datetime) -> list[FiledCard]:
        return [card for card in load_cards(now) if card.status != "embargoed"]

    assert fixed(NOW) == fixed(NOW + timedelta(days=400))


def test_the_contract_carries_every_card(cards: list[FiledCard]) -> None:
    """As the demonstration files them: with each picture taken into the record first."""
    for card in cards:
        body = tuple(
            replace(block, src=f"picture:{block.src.removeprefix('demo:')}") if isinstance(block, Picture) else block
            for block in card.body
        )
        taken = replace(card, body=body)
        assert from_json(to_json(taken)) == taken, card.id


# --- what the copy says -------------------------------------------------------------------------------------------


def test_each_language_is_written_in_its_own_letters(cards: list[FiledCard]) -> None:
    foreign = {"be": "[иИщЩъЪ]", "ru": "[іІўЎ]", "be-Latn": "[а-яА-ЯёЁіІўЎ]", "en": "[а-яА-ЯёЁіІўЎ]"}
    for card in cards:
        assert not re.search(foreign[card.language], everything_said(card)), card.id


def test_belarusian_writes_the_short_u_after_a_vowel(cards: list[FiledCard]) -> None:
    """A word of small letters that starts with "у" follows a consonant, a mark or the start of the line."""
    for card in cards:
        if card.language == "be":
            found = re.search(r"[аеёіоуыэюя] у\w*", everything_said(card))
            assert not found, (card.id, found)


def test_nobody_real_is_named(cards: list[FiledCard]) -> None:
    for card in cards:
        assert not REAL_NAMES.search(everything_said(card)), card.id


def test_no_sentence_stands_in_two_stories(first_takes: list[FiledCard]) -> None:
    seen: dict[str, str] = {}
    for card in first_takes:
        for sentence in re.split(r"(?<=[.!?])\s+|\n", plain_text(card.body)):
            if len(sentence.split()) > 5:
                assert seen.setdefault(sentence, card.id) == card.id, sentence


def test_translations_give_the_same_figures(cards: list[FiledCard]) -> None:
    versions: dict[tuple[str, str | int | None], dict[str, set[str]]] = {}
    for card in cards:
        versions.setdefault((card.slugline, card.version), {})[card.language] = figures(card)
    for version, told in versions.items():
        everywhere = set.intersection(*told.values())
        assert all(said == everywhere for said in told.values()), (
            version,
            {lang: said - everywhere for lang, said in told.items()},
        )


@pytest.mark.parametrize("language", ["en", "be", "ru"])
def test_the_budget_adds_up(first_takes: list[FiledCard], language: str) -> None:
    (card,) = (c for c in first_takes if c.id == f"demo-budget-draft-{language}")
    _, *items, total = table_of(card)
    for year in (1, 2):
        assert sum(number(row[year]) for row in items) == number(total[year])


@pytest.mark.parametrize("language", ["en", "be", "ru"])
def test_the_hockey_table_adds_up(first_takes: list[FiledCard], language: str) -> None:
    (card,) = (c for c in first_takes if c.id == f"demo-hockey-derby-{language}")
    _, *clubs = table_of(card)
    goals = [tuple(map(int, row[3].split("–"))) for row in clubs]
    assert sum(int(row[1]) for row in clubs) == 2 * sum(int(row[2]) for row in clubs)
    assert sum(scored for scored, _ in goals) == sum(let_in for _, let_in in goals)
    assert all(int(row[4]) == 2 * int(row[2]) for row in clubs)


def test_ducats_agree_with_talers_at_the_rate_of_the_day(first_takes: list[FiledCard]) -> None:
    pair = re.compile(r"([\d.,]+) (million |billion |)talers \(([\d.,]+) (million |billion |)ducats")
    scale = {"": 1, "million ": 10**6, "billion ": 10**9}
    checked = 0
    for card in first_takes:
        if card.language == "en" and card.version_created:
            rate = 4.08 if card.version_created >= datetime(2026, 11, 16, tzinfo=UTC) else 4.0
            for talers, talers_unit, ducats, ducats_unit in pair.findall(plain_text(card.body)):
                expected = float(talers.replace(",", "")) * scale[talers_unit] / rate
                assert float(ducats.replace(",", "")) * scale[ducats_unit] == pytest.approx(expected, rel=0.001), (
                    card.id
                )
                checked += 1
    assert checked >= 8


# --- settings -----------------------------------------------------------------------------------------------------


def test_the_newsroom_is_said_in_every_language() -> None:
    settings = newsroom()
    for key in ("name", "tagline", "about"):
        assert set(settings[key]) == LANGUAGES
    assert settings["default_language"] in settings["languages"]
    assert settings["timezone"] == "Europe/Vilnius"
    assert settings["contact"].endswith(".invalid.example")


def test_each_picture_has_its_drawing_and_its_file(first_takes: list[FiledCard]) -> None:
    shown = {
        block.src.removeprefix("demo:") for card in first_takes for block in card.body if isinstance(block, Picture)
    }
    folder = stories.ROOM / "pictures"
    assert {path.stem for path in folder.glob("*.svg")} == shown == {path.stem for path in folder.glob("*.jpg")}
    for name in shown:
        jpeg = stories.picture_bytes(name)
        assert jpeg[:3] == b"\xff\xd8\xff"
        assert len(jpeg) <= 200_000


@pytest.mark.parametrize("name", ["nobody", "../newsroom", "", "harbour.jpg"])
def test_a_picture_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        stories.picture_bytes(name)
