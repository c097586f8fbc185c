"""Fronts, sections and lists by date."""

import gzip
from datetime import timedelta

import pytest
from lxml import html as lxml_html

from dateline.site.house import SectionLabels, house
from dateline.site.surfaces import calendar, fronts
from dateline.site.surfaces.fronts import front_page
from dateline.story.actions.filing import Wishes, file_cards
from tests import newsroom as agency
from tests.site import cards

BUDGET = 14_000
"""Bytes, with headers (DESIGN §11)."""


def publish(*filed):
    return file_cards(list(filed), by="test", now=agency.NOW, wishes=Wishes(publish=True))


def one(surface, path):
    ((_, content),) = list(surface.render([path]))
    return lxml_html.fromstring(content.decode()) if content else None


def words(element):
    return " ".join(element.text_content().split())


def test_every_language_has_a_front_and_its_sections_before_any_story(newsroom):
    paths = [*fronts.every_front(), *fronts.every_section()]
    assert {"index.html", "be-Latn/index.html", "ru/sport/index.html"} <= set(paths)
    assert "Nothing has been published here yet." in words(one(fronts.FRONT, "en/index.html"))
    assert "Здесь пока ничего не опубликовано." in words(one(fronts.SECTION, "ru/sport/index.html"))
    assert one(calendar.ARCHIVE, "be/archive/index.html") is not None


def test_the_root_is_the_default_front_and_says_whose_address_it_is(newsroom):
    publish(agency.derby())
    root = one(fronts.FRONT, "index.html")
    assert root.xpath("//link[@rel='canonical']/@href") == ["https://ranica.example/en/"]
    assert root.xpath("//ol//a/@href") == ["en/2026/11/19/krynicnaje-beat-buda-3-2-in-overtime/"]
    assert {a.get("href") for a in root.xpath("//nav[@class='lang']//a")} == {"be/", "be-Latn/", "ru/"}


def test_a_list_tells_time_sections_lock_and_correction(newsroom):
    publish(agency.ledger(), agency.bridge())
    publish(agency.corrected_bridge())
    ru = words(one(fronts.FRONT, "ru/index.html").xpath("//main")[0])
    assert "Четверг, 19 ноября 2026 09:00 Ревизоры нашли вторую книгу расходов порта" in ru
    assert "Для подписчиков · Экономика" in ru
    en = words(one(fronts.FRONT, "en/index.html").xpath("//main")[0])
    assert "Corrected · Economy, Politics" in en


def test_a_story_stands_in_each_of_its_sections_and_in_no_other(newsroom):
    publish(agency.bridge())
    shown = {
        slug: "bridge" in words(one(fronts.SECTION, f"en/{slug}/index.html"))
        for slug in ("politics", "economy", "sport")
    }
    assert shown == {"politics": True, "economy": True, "sport": False}


def test_a_correction_does_not_reorder_a_list(newsroom):
    publish(agency.bridge(), agency.derby())
    before = one(fronts.FRONT, "en/index.html").xpath("//ol//a/@href")
    publish(agency.corrected_bridge())
    assert one(fronts.FRONT, "en/index.html").xpath("//ol//a/@href") == before


def test_a_listing_entry_without_text_has_no_link_and_no_page(newsroom):
    publish(
        agency.derby(id="h1", kind="headline", body=(), headline="Seen on the wire"),
        agency.derby(id="h2", kind="headline", body=(), headline="", sections=("Sport", "Weather")),
    )
    front = one(fronts.FRONT, "en/index.html")
    assert "Seen on the wire" in words(front)
    assert "Headline not given Sport, Weather" in words(front)
    assert front.xpath("//ol//a") == []


def test_an_imported_section_has_a_page_only_where_a_story_stands(newsroom):
    publish(agency.derby(sections=("Weather",)))
    assert "en/weather/index.html" in list(fronts.every_section())
    assert one(fronts.SECTION, "en/weather/index.html").xpath("//h1")[0].text_content() == "Weather"
    assert one(fronts.SECTION, "ru/weather/index.html") is None


def test_a_day_names_its_neighbours_and_a_month_counts_its_days(newsroom):
    publish(agency.bridge(), agency.derby(), agency.bridge(id="early", published=agency.NOW - timedelta(days=40)))
    day = one(calendar.DAY, "en/2026/11/18/index.html")
    assert words(day.xpath("//h1")[0]) == "Wednesday, 18 November 2026"
    assert day.xpath("//a[@rel='prev']/@href") == ["../../../../en/2026/10/11/"]
    assert day.xpath("//a[@rel='next']/@href")[0].endswith("en/2026/11/19/")
    month = one(calendar.MONTH, "en/2026/11/index.html")
    assert "18 1: 1 story" in words(month)
    assert month.xpath("//a[@rel='prev']/@href")[0].endswith("en/2026/10/")
    assert one(calendar.DAY, "en/2026/11/20/index.html") is None
    assert one(calendar.MONTH, "en/2026/12/index.html") is None


def test_the_archive_leads_to_every_month(newsroom):
    publish(agency.bridge(), agency.derby(), agency.bridge(id="early", published=agency.NOW - timedelta(days=400)))
    archive = one(calendar.ARCHIVE, "en/archive/index.html")
    assert archive.xpath("//main//a/@href") == ["../2026/11/", "../2025/10/"]
    assert "November 2 stories" in words(archive)


def test_dates_switch_to_the_same_date_in_a_language_that_has_it(newsroom):
    publish(agency.bridge(), agency.bridge_be())
    day = one(calendar.DAY, "en/2026/11/18/index.html")
    switch = {a.get("hreflang"): a.get("href").replace("../", "") for a in day.xpath("//nav[@class='lang']//a")}
    assert switch == {"be": "be/2026/11/18/", "be-Latn": "be-Latn/", "ru": "ru/"}
    assert not day.xpath("//link[@hreflang]")


@pytest.mark.parametrize("path", ["en/index.html", "be/sport/index.html", "ru/archive/index.html"])
def test_pages_that_every_language_has_name_each_other(newsroom, path):
    surface = calendar.ARCHIVE if "archive" in path else fronts.SECTION if "sport" in path else fronts.FRONT
    below = path.split("/", 1)[1].removesuffix("index.html")
    sets = set()
    for language in house().languages:
        page = one(surface, f"{language}/{below}index.html")
        sets.add(tuple((link.get("hreflang"), link.get("href")) for link in page.xpath("//link[@hreflang]")))
    assert len(sets) == 1
    named = dict(sets.pop())
    assert set(named) == {*house().languages, "x-default"}
    assert named["x-default"] == named["en"]


def test_sixty_headlines_fit_the_first_window(newsroom):
    """Real lines differ in words and hours; ours at least do in every number."""
    lines = [
        cards.headline(
            n, locked=n % 3 == 0, corrected=n % 9 == 0, sections=("politics", "economy"),
            headline=f"{n * 7919 % 1000} people, {n * 104729 % 997} rubles: what the {n}th council of the river said {n * 31}",
        )
        for n in range(60)
    ]  # fmt: skip
    page = front_page("en/index.html", "en", lines, house(), SectionLabels(house()))
    assert len(lxml_html.fromstring(page.decode()).xpath("//ol/li")) == 60
    assert len(gzip.compress(page, 9)) + 600 <= BUDGET
