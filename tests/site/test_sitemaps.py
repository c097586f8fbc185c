"""Sitemaps, and the small files that machines ask for."""

import subprocess
from datetime import timedelta
from shutil import which

import pytest
from lxml import etree

from dateline.site.house import House, house
from dateline.site.surfaces import plain, sitemaps
from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.actions.kill import kill
from dateline.story.newsroom import parse_newsroom
from tests import newsroom as agency
from tests.shared import shared

SM = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SITE = "https://ranica.example/"


def publish(*filed):
    return file_cards(list(filed), by="test", now=agency.NOW, wishes=Wishes(publish=True))


@pytest.fixture
def filled(newsroom):
    late = agency.NOW - timedelta(hours=30)
    publish(agency.bridge(), agency.bridge_be(), agency.bridge_latn(published=late), agency.ledger(), agency.derby())
    publish(agency.derby(id="listed", kind="headline", body=(), headline="Listed only"))
    return newsroom


def rendered():
    return {path: content for path, content in sitemaps.SURFACE.render(list(sitemaps.every())) if content}


def urls(content):
    return {url.findtext(f"{SM}loc"): url for url in etree.fromstring(content).iter(f"{SM}url")}


def test_the_index_names_each_day_and_no_hour(filled):
    index = etree.fromstring(rendered()["sitemap.xml"])
    assert [loc.text.removeprefix(SITE) for loc in index.iter(f"{SM}loc")] == [
        "sitemaps/lists.xml", "sitemaps/2026-11-18.xml", "sitemaps/2026-11-19.xml",
    ]  # fmt: skip
    assert not list(index.iter(f"{SM}lastmod"))
    assert {path for path in rendered() if path.startswith("sitemaps/")} == {
        loc.text.removeprefix(SITE) for loc in index.iter(f"{SM}loc")
    }


def test_a_later_take_leaves_the_index_alone(filled):
    from dateline.story import register
    from dateline.story.changes import change_of

    publish(agency.corrected_bridge())
    change = change_of(register.follow(register.last_seq() - 1, 1)[0])
    assert "sitemap.xml" not in sitemaps.touched(change)
    assert "sitemaps/2026-11-19.xml" in sitemaps.touched(change)  # its łacinka version stands there


def test_alternates_are_symmetric_over_days_and_name_themselves(filled):
    sets = {}
    for path, content in rendered().items():
        if path.startswith("sitemaps/2"):
            for loc, url in urls(content).items():
                sets[loc] = {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")}
    bridge = [found for loc, found in sets.items() if found]
    assert len(bridge) == 3
    assert all(found == bridge[0] for found in bridge)
    assert set(bridge[0]) == {"en", "be", "be-Latn", "x-default"}
    assert set(bridge[0].values()) == {loc for loc, found in sets.items() if found}


def test_a_day_lists_pages_only(filled):
    day = urls(rendered()["sitemaps/2026-11-19.xml"])
    assert f"{SITE}en/2026/11/19/" in day
    assert not [loc for loc in day if "listed-only" in loc]
    story = day[f"{SITE}en/2026/11/19/krynicnaje-beat-buda-3-2-in-overtime/"]
    assert story.findtext(f"{SM}lastmod") == "2026-11-19T22:45:00+02:00"


def test_the_news_sitemap_counts_two_days_from_the_newest_story(filled):
    publish(agency.bridge(id="old", headline="Old", published=agency.NOW - timedelta(days=4)))
    news = urls(rendered()["news-sitemap.xml"])
    assert not [loc for loc in news if "/old" in loc or "/be-Latn/" in loc or "listed-only" in loc]
    assert len(news) == 4
    derby = news[f"{SITE}en/2026/11/19/krynicnaje-beat-buda-3-2-in-overtime/"]
    assert derby.findtext(f".//{NEWS}name") == "Ranica"
    assert derby.findtext(f".//{NEWS}title") == "Kryničnaje beat Buda 3–2 in overtime"
    assert next(iter(news)).endswith("in-overtime/")


def test_a_killed_story_leaves_the_sitemaps_and_an_empty_day_goes(filled):
    for story in ("ranica-derby-en", "ranica-ledger-ru", "ranica-bridge-latn", "listed"):
        kill(story, why="x", by="test", now=agency.NOW)
    assert "sitemaps/2026-11-19.xml" not in rendered()
    assert b"derby" not in b"".join(rendered().values())


def test_all_are_valid_by_their_schemas(filled, tmp_path):
    schemas = shared("standards/sitemap/xsd")
    if not which("xmllint"):
        pytest.skip("xmllint is not installed: sitemaps were not checked by their schemas")
    for path, content in rendered().items():
        made = tmp_path / path.replace("/", "-")
        made.write_bytes(content)
        schema = schemas / ("siteindex.xsd" if path == "sitemap.xml" else "all-own.xsd")
        told = subprocess.run(
            ["xmllint", "--nonet", "--noout", "--schema", schema, made], capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, told.stderr


# --- small files ----------------------------------------------------------------------------------------------


def one(path):
    ((_, content),) = list(plain.SURFACE.render([path]))
    return content.decode() if content else None


def test_robots_may_read_pages_and_find_the_sitemaps(newsroom):
    assert one("robots.txt") == (
        "User-agent: *\nDisallow: /account/\nDisallow: /desk/\nDisallow: /search\n\n"
        f"Sitemap: {SITE}sitemap.xml\nSitemap: {SITE}news-sitemap.xml\n"
    )


def test_opml_names_every_languages_feeds(newsroom):
    feeds = [o.get("xmlUrl") for o in etree.fromstring(one("feeds.opml").encode()).iter("outline") if o.get("xmlUrl")]
    assert len(feeds) == 4 * 4
    assert f"{SITE}be-Latn/sport/feed.xml" in feeds


def test_not_found_pages_link_from_the_root_and_are_not_indexed(newsroom):
    page = one("ru/404.html")
    assert 'href="/ru/"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page
    assert "../" not in page
    assert one("404.html") == one("en/404.html")


def test_about_tells_who_we_are_and_how_to_follow(newsroom):
    page = one("be/about/index.html")
    assert "Пра агенцтва" in page
    assert 'href="mailto:desk@ranica.example"' in page
    assert 'href="../../be/sport/feed.json"' in page


def test_security_txt_stands_only_with_a_day_the_newsroom_wrote(newsroom):
    assert one(".well-known/security.txt") is None
    assert ".well-known/security.txt" not in list(plain.every())
    with_day = House(replace_source(house().room, "security_expires = 2027-06-30T00:00:00+02:00"))
    assert plain.security_txt(with_day).decode() == (
        "Contact: mailto:desk@ranica.example\nExpires: 2027-06-29T22:00:00Z\nPreferred-Languages: en, be, be-Latn, ru\n"
        f"Canonical: {SITE}.well-known/security.txt\n"
    )


def replace_source(room, source):
    from dataclasses import replace

    return replace(room, source=source)


def test_an_agency_of_one_language_has_no_alternates(tmp_path):
    alone = House(parse_newsroom('languages = ["be-Latn"]\nname = "Sama"', tmp_path / "newsroom.toml"))
    assert b"xhtml:link" not in sitemaps.lists_map(alone).split(b"\n", 2)[2]
    assert b"hreflang" not in plain.about_page("be-Latn", alone)
