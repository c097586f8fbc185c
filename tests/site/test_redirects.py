"""Old addresses lead to where a story stands now, and never stand where something of ours does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from dateline.press.placing import check_path
from dateline.site.old_paths import old_paths_of, output_of
from dateline.site.surfaces import redirects
from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.actions.kill import kill
from tests import newsroom as agency

LANGUAGES = ("en", "be", "be-Latn", "ru")


def publish(*filed):
    return file_cards(list(filed), by="test", now=agency.NOW, wishes=Wishes(publish=True))


@pytest.mark.parametrize(
    ("old", "output"),
    [
        ("/2019/05/bridge/", "2019/05/bridge/index.html"),
        ("/2019/05/bridge", "2019/05/bridge/index.html"),
        ("/2019/05/bridge/index.html", "2019/05/bridge/index.html"),
        ("/news/bridge.html", "news/bridge.html"),
        ("/story.php", "story.php/index.html"),
        ("/%D0%BC%D0%BE%D1%81%D1%82/", "мост/index.html"),
        ("/мост/", "мост/index.html"),
        ("/en/news/2019/bridge/", "en/news/2019/bridge/index.html"),
        ("/en/bridge-1234.html", "en/bridge-1234.html"),
    ],
)
def test_an_old_address_has_an_output_that_is_found_again(old, output):
    assert output_of(old, LANGUAGES) == output
    assert old in old_paths_of(output)


@pytest.mark.parametrize(
    "old",
    [
        "/", "", "/?p=12", "/index.php?p=1", "/#x", "//evil.example/a", "https://old.example/a/", "relative/a",
        "/../a", "/a/../b", "/a/%2e%2e/b", "/a//b", "/a\\b", "/a%5cb", "/a%00b", "/a\x07b", "/.git/config", "/a/.htaccess",
        "/%2e%2e/etc", "/" + "x" * 201, "/" + "ж" * 101, "/a" * 500, "/a.html.gz", "/a.br/", "/a.html/b", "/a./",
        "/index.html", "/404.html", "/robots.txt", "/sitemap.xml", "/media/a", "/MEDIA/a", "/sitemaps/x.html", "/desk/x",
        "/wire/v1/x", "/search", "/HEAD", "/lists/a", "/.well-known/security.txt",
        "/en/", "/en", "/EN/", "/en/politics/", "/en/anything", "/en/index.html", "/en/x/404.html", "/en/2026/11/22/slug/",
        "/en/feed.xml/x", "/en/politics/feed.xml", "/ru/politics/2019/feed.json/a", "/EN/x/ATOM.xml/a", "/a/b.html/",
        "/a/x%C2%A0y/", "/a/\u200bb", "/a/%C2%AD", "/a/%E2%80%AEb/", "/a/\ue000",
        "/en/2026/11/", "/be-Latn/archive/", "/be-latn/x", "/en/names/a/",
    ],
)  # fmt: skip
def test_tricks_queries_and_our_own_places_have_none(old):
    assert output_of(old, LANGUAGES) is None


@given(st.text(min_size=0, max_size=60).map(lambda text: "/" + text))
def test_no_old_address_leaves_the_tree(old):
    output = output_of(old, LANGUAGES)
    if output is not None:
        steps = output.split("/")
        assert not output.startswith("/")
        assert all(step and not step.startswith(".") and "\\" not in step for step in steps)
        check_path(output)
        assert output_of(old, LANGUAGES) == output


def test_a_redirect_is_a_small_page_with_a_plain_link(newsroom):
    publish(agency.ledger(address="/2019/05/bridge/"))
    (path,) = list(redirects.every())
    ((_, content),) = list(redirects.render([path]))
    page = lxml_html.fromstring(content.decode())
    assert page.xpath("//a/@href")[0].startswith("../../../ru/2026/11/19/")
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={page.xpath('//a/@href')[0]}"]
    assert page.xpath("//link[@rel='canonical']/@href")[0].startswith("https://ranica.example/ru/2026/11/19/")
    assert page.get("lang") == "ru"
    assert page.xpath("//a")[0].text == "У материала новый адрес"
    assert len(content) < 1000


def test_a_kill_takes_its_old_address_along_and_another_may_have_it(newsroom):
    publish(agency.derby(address="/old/a"), agency.bridge(address="/old/a/"))
    assert list(redirects.every()) == ["old/a/index.html"]
    ((_, first),) = list(redirects.render(["old/a/index.html"]))
    assert b"krynicnaje-beat" in first
    kill("ranica-derby-en", why="x", by="test", now=agency.NOW)
    ((_, second),) = list(redirects.render(["old/a/index.html"]))
    assert b"new-bridge" in second
    kill("ranica-bridge-en", why="x", by="test", now=agency.NOW)
    assert list(redirects.render(["old/a/index.html"])) == [("old/a/index.html", None)]
    assert list(redirects.every()) == []
