"""WordPress exports: what was not public stays so, what is broken is mended and said, or refused whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from dateline.errors import UnreadableFile
from dateline.formats.body import Embed, Picture, plain_text, split_at_wall
from dateline.formats.filed import FiledCard
from dateline.formats.readers.found import Asked, Reading
from dateline.formats.readers.wxr import read_wxr

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="{ns}" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="{ns}excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Vyraj</title><link>https://vyraj.example</link><language>en-US</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://vyraj.example</wp:base_blog_url>
<wp:author><wp:author_login>hanna</wp:author_login>
<wp:author_display_name><![CDATA[Hanna Mikulič]]></wp:author_display_name></wp:author>
"""
NS = "http://wordpress.org/export/1.2/"


def item(
    number: int = 1, more: str = "", content: str = "<p>Words.</p>", status: str = "publish", kind: str = "post"
) -> str:
    return (
        f"<item><title>Post {number}</title><link>https://vyraj.example/post-{number}/</link><dc:creator>hanna</dc:creator>"
        f'<guid isPermaLink="false">https://vyraj.example/?p={number}</guid>'
        f"<content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date>2025-05-12 10:00:00</wp:post_date><wp:post_date_gmt>2025-05-12 07:00:00</wp:post_date_gmt>"
        f"<wp:post_name>post-{number}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>\n"
    )


def wxr(*items: str, ns: str = NS) -> bytes:
    return (HEAD.format(ns=ns) + "".join(items) + "</channel></rss>").encode()


def read(*items: str, ns: str = NS) -> Reading:
    return read_wxr(wxr(*items, ns=ns), Asked("export.xml", timezone(timedelta(hours=3))))


def one(*items: str) -> FiledCard:
    return read(*items).cards[0]


def category(domain: str, slug: str, name: str) -> str:
    return f'<category domain="{domain}" nicename="{slug}"><![CDATA[{name}]]></category>'


def test_a_published_post_is_a_story_with_its_fields() -> None:
    terms = category("category", "politics", "Politics &amp; law") + category("post_tag", "bridges", "Bridges")
    excerpt = "<excerpt:encoded><![CDATA[<p>Short.</p>]]></excerpt:encoded>"
    changed = "<wp:post_modified_gmt>2025-05-13 08:00:00</wp:post_modified_gmt>"
    card = one(item(more=terms + excerpt + changed, content="<p>MINSK, May 12 (Vyraj) — The <b>bridge</b>.</p>"))
    assert (card.id, card.status, card.kind, card.locked) == ("https://vyraj.example/?p=1", "usable", "story", False)
    assert (card.headline, card.summary, card.byline, card.language) == ("Post 1", "Short.", "Hanna Mikulič", "en-US")
    assert card.sections == ("Politics & law",)
    assert [subject.name for subject in card.subjects] == ["Bridges"]
    assert card.dateline is not None
    assert card.dateline.text == "MINSK, May 12 (Vyraj) —"
    assert plain_text(card.body) == "The bridge."
    assert card.published == datetime(2025, 5, 12, 7, tzinfo=UTC)
    assert card.version_created == datetime(2025, 5, 13, 8, tzinfo=UTC)
    assert (card.slug, card.address, card.version) == ("post-1", "https://vyraj.example/post-1/", None)
    assert card.time_notes == ()


@pytest.mark.parametrize(
    "ns", [NS, "https://wordpress.org/export/1.2/", "http://wordpress.org/export/1.0/", "urn:other/"]
)
def test_names_are_matched_whatever_the_namespace(ns: str) -> None:
    assert read(item(), ns=ns).cards[0].slug == "post-1"


@pytest.mark.parametrize(
    ("raw", "status", "locked"),
    [
        ("publish", "usable", False),
        ("draft", "draft", None),
        ("pending", "draft", None),
        ("auto-draft", "draft", None),
        ("private", "withheld", None),
        ("future", "embargoed", False),
        ("pitch", "withheld", None),
    ],
)
def test_what_was_not_public_stays_so(raw: str, status: str, locked: bool | None) -> None:
    card = one(item(status=raw))
    assert (card.status, card.locked) == (status, locked)
    assert (card.embargoed_until is not None) == (status == "embargoed")


def test_a_post_with_a_password_is_withheld_and_the_password_is_nowhere() -> None:
    card = one(item(more="<wp:post_password>hunter2</wp:post_password>"))
    assert (card.status, card.locked) == ("withheld", True)
    assert "hunter2" not in repr(card)


def test_text_for_members_is_locked_below_its_wall() -> None:
    card = one(item(content="<p>Free.</p>[members_only]<p>Paid.</p>[/members_only]"))
    assert card.locked is True
    assert plain_text(split_at_wall(card.body, locked=True)[0]) == "Free."


def test_a_plugins_own_status_does_not_open_a_private_post() -> None:
    assert (
        one(item(status="private").replace("<title>", '<x:status xmlns:x="urn:x">publish</x:status><title>')).status
        == "withheld"
    )


def test_a_post_without_a_status_is_withheld() -> None:
    assert one(item().replace("<wp:status>publish</wp:status>", "")).status == "withheld"


def test_a_draft_has_no_time_of_publication() -> None:
    card = one(item(status="draft"))
    assert card.published is None
    assert card.first_created is not None


def test_a_time_without_offset_is_the_newsrooms_and_noted() -> None:
    card = one(item().replace("<wp:post_date_gmt>2025-05-12 07:00:00", "<wp:post_date_gmt>0000-00-00 00:00:00"))
    assert card.published == datetime(2025, 5, 12, 7, tzinfo=UTC)
    assert card.time_notes == ("published",)


@pytest.mark.parametrize(
    "kind", ["nav_menu_item", "wp_template", "wp_global_styles", "custom_css", "revision", "shop_order"]
)
def test_what_is_no_story_is_counted_and_gives_no_card(kind: str) -> None:
    reading = read(item(1), item(2, kind=kind))
    assert len(reading.cards) == 1
    assert sum(reading.counts.values()) == 1


def test_comments_are_counted_and_not_read() -> None:
    comment = "<wp:comment><wp:comment_content>secret words</wp:comment_content></wp:comment>"
    reading = read(item(more=comment * 2))
    assert reading.counts == {"comments": 2}
    assert "secret" not in repr(reading.cards)


def test_attachments_are_pictures_and_the_featured_one_stands_first() -> None:
    address = "<wp:attachment_url>https://vyraj.example/a.jpg</wp:attachment_url><wp:post_parent>1</wp:post_parent>"
    alt = "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>Alt</wp:meta_value></wp:postmeta>"
    thumbnail = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>2</wp:meta_value></wp:postmeta>"
    story, picture = read(item(1, more=thumbnail), item(2, address + alt, "The caption", "inherit", "attachment")).cards
    assert story.body[0] == Picture("https://vyraj.example/a.jpg", "Alt", "The caption")
    assert (picture.kind, picture.status, picture.body) == ("picture", "usable", (story.body[0],))
    withheld = read(item(1, status="private"), item(2, address, "x", "inherit", "attachment")).cards[1]
    assert withheld.status == "withheld"
    film = read(item(2, address.replace(".jpg", ".mp4"), "x", "inherit", "attachment")).cards[0]
    assert film.body == (Embed("https://vyraj.example/a.mp4"),)


def test_polylang_marks_language_and_joins_translations() -> None:
    group = category("post_translations", "pll_1", "pll_1")
    later = item(1, category("language", "be", "Беларуская") + group).replace("07:00:00", "08:00:00")
    cards = read(later, item(2, category("language", "en", "English") + group), item(3)).cards
    assert [card.language for card in cards] == ["be", "en", "en-US"]
    assert [card.translation_of for card in cards] == [cards[1].id, "", ""]
    assert all("pll" not in str(card.subjects) for card in cards)


@pytest.mark.parametrize("marks", ["[:en]Bridge[:be]Мост[:]", "<!--:en-->Bridge<!--:--><!--:be-->Мост<!--:-->"])
def test_qtranslate_gives_a_card_a_language(marks: str) -> None:
    english, belarusian = read(item(content=marks).replace("Post 1", f"<![CDATA[{marks}]]>")).cards
    assert (english.language, english.headline, plain_text(english.body)) == ("en", "Bridge", "Bridge")
    assert (belarusian.language, belarusian.headline, plain_text(belarusian.body)) == ("be", "Мост", "Мост")
    assert belarusian.translation_of == english.id != belarusian.id


def test_co_authors_are_named_once_each_and_an_address_never() -> None:
    authors = category("author", "a", "Hanna Mikulič") + category("author", "b", "Ihar Zianko")
    assert one(item(more=authors + authors)).byline == "Hanna Mikulič, Ihar Zianko"
    assert one(item().replace(">hanna<", ">somebody@example.org<")).byline == ""


def test_loose_letters_are_mended_said_and_nothing_is_lost() -> None:
    broken = item(1) + item(2).replace("Post 2", "Draft & Post &mdash; 2").replace("post-2/", "post-2/?a=1&b=2")
    first, second = read(broken).cards
    assert second.headline == "Draft & Post — 2"
    assert second.address == "https://vyraj.example/post-2/?a=1&b=2"
    assert second.repairs == ("a bare & read as a letter (2 times)", "the HTML entity &mdash; read as its character")
    assert first.repairs == ()


def test_cdata_in_cdata_keeps_its_words() -> None:
    card = one(item(content="one <![CDATA[ two ]]> three"))
    assert plain_text(card.body).split() == ["one", "<![CDATA[", "two", "three]]>"]
    assert card.repairs


def test_tags_that_cross_inside_one_post_are_mended() -> None:
    assert len(read(item(1).replace("Post 1", "<b><i>Post</b></i>"), item(2)).cards) == 2


@pytest.mark.parametrize(
    "content",
    [
        wxr(item(1), item(2))[:-60],
        wxr(item(1).replace("</title>", "")),
        wxr(item(1), item(2)).replace(b"<channel>", b"<nochannel>"),
        wxr(item(1).replace("</item>", ""), item(2)),
        wxr(),
    ],
)
def test_a_malformed_file_is_refused_whole(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_wxr(content, Asked("export.xml"))
    assert refusal.value.kept == "Nothing was taken from this file."
    assert refusal.value.subject == "export.xml"


def test_an_identity_that_stands_twice_is_told_apart() -> None:
    cards = read(item(1), item(1).replace("post-1<", "other<"), item(1)).cards
    assert len({card.id for card in cards}) == 3
    assert "stands twice" in cards[1].repairs[0]


@pytest.mark.parametrize("slug", ["../../etc/passwd", "..", "a/b", "%2e%2e%2fetc"])
def test_a_slug_with_a_path_in_it_is_left_out_and_said(slug: str) -> None:
    card = one(item().replace("<wp:post_name>post-1", f"<wp:post_name>{slug}"))
    assert card.slug == ""
    assert "slug" in card.repairs[0]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://vyraj.example/../../etc", "//evil.example/", "file:///etc/passwd"]
)
def test_an_address_that_is_none_is_left_out_and_said(link: str) -> None:
    card = one(item().replace("https://vyraj.example/post-1/", link))
    assert card.address == ""
    assert "address" in card.repairs[0]


def test_an_encoded_slug_is_read_as_letters() -> None:
    assert one(item().replace("post-1<", "%d0%bc%d0%be%d1%81%d1%82<")).slug == "мост"


def test_one_post_that_cannot_be_taken_stops_no_other() -> None:
    reading = read(item(1).replace("Post 1", "x" * 3_000), item(2), item(3, content="<div>" * 300))
    assert [card.headline for card in reading.cards] == ["Post 2"]
    assert [refusal.subject for refusal in reading.refused] == ["export.xml, post 1", "export.xml, post 3"]
