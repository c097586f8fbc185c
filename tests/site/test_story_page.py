"""A story's page: what it shows, what it must not, and what machines read in it."""

import dataclasses
import gzip
import itertools
import re

import extruct
import pytest
from lxml import html as lxml_html

from dateline.formats.body import Picture
from dateline.formats.story_card import StoryCard
from dateline.site.house import SectionLabels, house
from dateline.site.style import css, meta_csp
from dateline.site.surfaces.story import story_page
from tests.site import cards


@pytest.fixture
def page(newsroom):
    def rendered(card):
        return story_page(card, house(), SectionLabels(house())).decode()

    return rendered


def tree(text):
    return lxml_html.fromstring(text)


def words(element):
    return " ".join(element.text_content().split())


def article(text):
    found = extruct.extract(text, syntaxes=["json-ld"])["json-ld"]
    assert len(found) == 1
    return found[0]


def test_the_card_has_no_room_for_locked_text():
    assert not [field.name for field in dataclasses.fields(StoryCard) if field.name in ("locked_body", "below", "rest")]


def test_a_picture_that_opens_a_story_stands_above_the_dateline(page):
    picture = next(block for block in cards.STORY.body if isinstance(block, Picture))
    html = page(dataclasses.replace(cards.STORY, body=(picture, *cards.paragraphs("It is open."))))
    assert '</figure>\n<p><b class="dl">Kamianiec, November 22, Dateline.</b> It is open.</p>' in html
    html = page(dataclasses.replace(cards.STORY, body=(picture,)))
    assert '</figure>\n<p><b class="dl">Kamianiec, November 22, Dateline.</b></p>' in html


def test_the_dateline_stands_once_and_first(page):
    text = page(cards.STORY)
    first = tree(text).xpath("//div[@class='text']/p")[0]
    assert words(first).startswith("Kamianiec, November 22, Dateline. The bridge over the Viasna")
    visible = tree(text).xpath("//main")[0].text_content()
    assert visible.count("Kamianiec, November 22, Dateline.") == 1


def test_the_page_shows_all_that_the_card_tells(page):
    shown = words(tree(page(cards.STORY)))
    for said in (
        cards.STORY.headline, cards.STORY.subheadline, "Maryna Kalač", "22 November 2026, 13:05 (UTC+2)",
        "22 November 2026, 16:05 (UTC+2)", "What was found", "Nobody crosses a bridge",
        "Hanna Baroŭskaja, head engineer, Radio Viasna, November 21", "2,950,000", "Lorries over 20 tonnes",
        "The new pier stands a metre deeper.", "Photo: Aleś Vituška", "On another site: video.example",
        "not 2.4 million", "Беларуская", cards.OTHER.headline, "Also in",
    ):  # fmt: skip
        assert said in shown, said


def test_links_lead_where_they_may_and_nowhere_else(page):
    text = tree(page(cards.STORY)).xpath("//div[@class='text']")[0]
    links = {words(a): a.get("href") for a in text.xpath(".//a")}
    assert links["we reported"] == "../../../../../en/2026/11/22/story-2/"
    assert links["published them"] == "https://roads.example/letters?a=1&b=2"
    assert "a third" not in links
    assert "a third is lost" in words(text)


def test_a_picture_of_another_host_is_told_and_never_asked_for(page):
    text = page(cards.STORY)
    assert "tracker.example" not in text
    assert "A plan of the works." in text


def test_a_picture_has_its_sizes_its_words_and_its_place(page):
    image = tree(page(cards.STORY)).xpath("//picture//img")[0]
    assert (image.get("width"), image.get("height")) == ("960", "640")
    assert image.get("alt") == 'The bridge seen from the "old" ferry <landing>'
    assert image.get("loading") is None
    assert image.get("srcset") == "../../../../../media/aa11-480.jpg 480w, ../../../../../media/aa11-960.jpg 960w"
    sources = tree(page(cards.STORY)).xpath("//picture//source/@type")
    assert sources == ["image/avif", "image/webp"]


def test_columns_of_figures_stand_flush_right_under_their_heads(page):
    rows = tree(page(cards.STORY)).xpath("//table//tr")
    assert [[cell.get("class") for cell in row] for row in rows] == [[None, "n", "n"]] * 4
    assert [cell.get("scope") for cell in rows[0]] == ["col"] * 3


def test_hostile_words_stay_words(page):
    text = page(cards.HOSTILE_STORY)
    found = tree(text)
    assert words(found.xpath("//h1")[0]) == " ".join(cards.HOSTILE.split())
    assert not found.xpath("//img[@onerror]")
    assert not found.xpath("//*[@onload]")
    assert [s.get("type") for s in found.xpath("//script")] == ["application/ld+json"]
    assert len(found.xpath("//style")) == 1
    assert article(text)["headline"] == cards.HOSTILE
    assert "7*7" in text
    assert "49" not in found.xpath("//h1")[0].text_content()


def test_machines_read_the_story_in_json_ld(page):
    said = article(page(cards.STORY))
    assert said["@type"] == "NewsArticle"
    assert said["dateline"] == "Kamianiec, November 22, Dateline."
    assert said["datePublished"] == "2026-11-22T13:05:00+02:00"
    assert said["dateModified"] == "2026-11-22T16:05:00+02:00"
    assert said["inLanguage"] == "en"
    assert said["articleSection"] == ["society", "Economy"]
    assert said["author"] == {"@type": "Person", "name": "Maryna Kalač"}
    assert said["publisher"]["name"] == "Ranica"
    assert said["isAccessibleForFree"] is True
    assert said["correction"][0]["@type"] == "CorrectionComment"
    assert said["image"][0]["creditText"] == "Photo: Aleś Vituška"
    assert said["image"][0]["url"] == "https://ranica.example/media/aa11-960.jpg"
    assert said["workTranslation"][0]["inLanguage"] == "be"
    assert "hasPart" not in said


def test_no_page_carries_an_article_body(page):
    assert not [card for card in cards.ALL if "articleBody" in page(card)]


@pytest.mark.parametrize("card", [cards.LOCKED, cards.LOCKED_WHOLE, cards.RU_LOCKED])
def test_the_wall_is_marked_for_readers_and_machines(page, card):
    text = page(card)
    said = article(text)
    assert said["isAccessibleForFree"] is False
    assert said["hasPart"]["isAccessibleForFree"] is False
    name = said["hasPart"]["cssSelector"].removeprefix(".")
    assert len(tree(text).xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")) == 1


def test_a_locked_story_says_so_in_the_readers_language(page):
    assert "Продолжение материала — для подписчиков." in page(cards.RU_LOCKED)
    assert "The rest of this story is for subscribers." in page(cards.LOCKED)
    assert "This story is for subscribers." in page(cards.LOCKED_WHOLE)
    assert 'class="wall-notice"' not in page(cards.STORY)


def test_a_locked_page_says_nothing_but_its_free_part(page):
    text = tree(page(cards.LOCKED)).xpath("//div[@class='text']")[0]
    assert words(text) == (
        "Kamianiec, November 22, Dateline. The council met behind closed doors on Saturday; three of its members told "
        "what was said. The rest of this story is for subscribers. Subscriptions pay for the reporting that everyone "
        "can read here."
    )


def test_the_description_is_the_summary_or_the_free_opening(page):
    def of(card, name="description"):
        return tree(page(card)).xpath(f"//meta[@name='{name}' or @property='{name}']/@content")

    assert of(cards.STORY) == [cards.STORY.summary] == of(cards.STORY, "og:description")
    assert of(cards.LOCKED)[0].startswith("The council met")
    assert of(cards.LOCKED_WHOLE) == [] == of(cards.LOCKED_WHOLE, "og:description")
    opening = of(cards.UNTITLED)[0]
    assert opening.startswith("The bridge over the Viasna")
    assert len(opening) <= 200


def test_the_hreflang_set_names_itself_each_translation_and_a_default(page):
    links = tree(page(cards.STORY)).xpath("//link[@hreflang]")
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        "en": "https://ranica.example/en/2026/11/22/bridge-opens/",
        "be": "https://ranica.example/be/2026/11/22/most/",
        "ru": "https://ranica.example/ru/2026/11/22/most/",
        "x-default": "https://ranica.example/en/2026/11/22/bridge-opens/",
    }
    assert not tree(page(cards.LOCKED)).xpath("//link[@hreflang]")


def test_the_language_switch_leads_to_translations_and_else_to_fronts(page):
    switch = tree(page(cards.STORY)).xpath("//nav[@class='lang']//a")
    assert {a.get("hreflang"): a.get("href").removeprefix("../" * 5) for a in switch} == {
        "be": "be/2026/11/22/most/",
        "ru": "ru/2026/11/22/most/",
        "be-Latn": "be-Latn/",
    }


def test_languages_are_marked_where_they_change(page):
    found = tree(page(cards.BE_LATN))
    assert found.get("lang") == "be-Latn"
    assert {a.get("lang") for a in found.xpath("//nav[@class='lang']//a")} == {"en", "be", "ru"}


def test_a_story_without_a_headline_has_a_quiet_one(page):
    assert words(tree(page(cards.UNTITLED)).xpath("//h1[@class='none']")[0]) == "Headline not given"


@pytest.mark.parametrize("card", cards.ALL, ids=lambda card: card.uid[0] + card.language)
def test_a_page_has_one_outline_and_asks_nobody(page, card):
    text = page(card)
    found = tree(text)
    levels = [int(h.tag[1]) for h in found.xpath("//h1|//h2|//h3")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert len(found.xpath("//main")) == 1
    assert found.xpath("//body/a[1]/@href") == ["#text"]
    assert not found.xpath("//link[@rel='stylesheet']|//iframe|//script[@src]")
    own = [*found.xpath("//img/@src"), *found.xpath("//link[@rel='icon']/@href")]
    assert all(address.startswith("../") for address in own)


def test_the_policy_allows_the_style_that_stands_in_the_page(page):
    text = page(cards.STORY)
    assert f"<style>{css()}</style>" in text
    assert tree(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [meta_csp()]
    assert "frame-ancestors" not in meta_csp()
    assert "default-src 'none'" in meta_csp()


def test_a_page_is_the_same_bytes_wherever_it_is_made(page, monkeypatch):
    import time

    here = page(cards.STORY)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    time.tzset()
    assert page(cards.STORY) == here
    monkeypatch.undo()
    time.tzset()


def test_a_long_story_fits_the_first_window_and_a_usual_one_fits_easily(page):
    """Bytes with headers (DESIGN §11); words that do not repeat, which no compressor likes."""

    def size(count):
        text = " ".join(f"{n * 104729 % 99991:x}" for n in range(count))
        card = dataclasses.replace(
            cards.STORY, body=cards.paragraphs(*[text[at : at + 400] for at in range(0, len(text), 400)])
        )
        return len(gzip.compress(page(card).encode(), 9)) + 600

    assert size(300) <= 8_000
    assert size(1_500) <= 14_000


def test_no_sheet_of_style_names_another_host():
    assert "url(" not in css()
    assert not re.search("@import|https?:", css())
