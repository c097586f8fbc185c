"""Ghost exports: locked text stays below its wall, whatever form it is kept in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline.errors import UnreadableFile
from dateline.formats.body import Picture, Wall, plain_text, split_at_wall, to_json
from dateline.formats.filed import FiledCard
from dateline.formats.readers.found import Asked, Reading
from dateline.formats.readers.ghost import read_ghost

NUMBER = "6b02f2964462b51a01442202"
MEMBERS_ONLY = {"web": {"nonMember": False, "memberSegment": "status:-free"}}
EVERYBODY = {"web": {"nonMember": True, "memberSegment": "status:free,status:-free"}}


def text(words: str, bits: int = 0) -> dict[str, Any]:
    return {"type": "extended-text", "text": words, "format": bits}


def paragraph(*words: str) -> dict[str, Any]:
    return {"type": "paragraph", "children": [text(word) for word in words]}


def html(words: str, visibility: Any = EVERYBODY) -> dict[str, Any]:
    return {"type": "html", "html": f"<p>{words}</p>", "visibility": visibility}


def lexical(*nodes: dict[str, Any]) -> str:
    return json.dumps({"root": {"type": "root", "children": list(nodes)}})


def post(**said: Any) -> dict[str, Any]:
    standard = {
        "id": NUMBER,
        "title": "Bridge < & > opens",
        "slug": "bridge",
        "status": "published",
        "visibility": "public",
        "type": "post",
        "published_at": "2025-05-12 07:00:00",
        "lexical": lexical(paragraph("Words.")),
    }
    return standard | said


def read(*posts: dict[str, Any], **tables: Any) -> Reading:
    data = {"posts": list(posts), **tables}
    return read_ghost(json.dumps({"db": [{"meta": {"version": "6.0"}, "data": data}]}).encode(), Asked("ghost.json"))


def one(**said: Any) -> FiledCard:
    reading = read(post(**said))
    assert reading.refused == ()
    return reading.cards[0]


def free(card: FiledCard) -> str:
    return str(to_json(split_at_wall(card.body, locked=card.locked is not False)[0]))


def test_a_public_post_is_a_story_with_its_fields() -> None:
    card = one(custom_excerpt="Short.", updated_at="2025-05-13T08:00:00.000Z")
    assert (card.id, card.status, card.kind, card.locked) == (NUMBER, "usable", "story", False)
    assert (card.headline, card.summary, card.slug, card.address) == (
        "Bridge < & > opens",
        "Short.",
        "bridge",
        "/bridge/",
    )
    assert card.published == datetime(2025, 5, 12, 7, tzinfo=UTC)
    assert card.version_created == datetime(2025, 5, 13, 8, tzinfo=UTC)
    assert card.time_notes == ("published",)


@pytest.mark.parametrize("visibility", ["members", "paid", "tiers", "filter", "", None, 5])
def test_what_is_not_public_is_locked_whole(visibility: Any) -> None:
    card = one(visibility=visibility)
    assert card.locked is True
    assert "Words" not in free(card)


def test_what_stands_before_the_paywall_is_free() -> None:
    nodes = (paragraph("Free."), {"type": "paywall"}, paragraph("Paid."))
    card = one(visibility="paid", lexical=lexical(*nodes))
    assert "Free." in free(card)
    assert "Paid." not in free(card)
    assert one(lexical=lexical(*nodes)).body == one(lexical=lexical(*nodes[::2])).body


@pytest.mark.parametrize(
    "visibility",
    [MEMBERS_ONLY, {"web": {"nonMember": True, "memberSegment": ""}}, {"web": 1}, "x", {"showOnWeb": True}],
)
def test_a_card_for_members_only_is_never_in_the_free_part(visibility: Any) -> None:
    nodes = (paragraph("Free."), html("Paid.", visibility), paragraph("Also free."))
    card = one(lexical=lexical(*nodes))
    assert card.locked is True
    assert "Paid." not in free(card)
    assert "Also free." in free(card)
    assert "below the wall" in card.repairs[0]


def test_a_card_for_members_in_a_post_locked_whole_opens_nothing() -> None:
    card = one(visibility="members", lexical=lexical(paragraph("Secret one."), html("Secret two.", MEMBERS_ONLY)))
    assert Wall() not in card.body
    assert "Secret" not in free(card)


def test_a_card_for_members_above_the_paywall_goes_below_it() -> None:
    nodes = (html("Secret.", MEMBERS_ONLY), paragraph("Free."), {"type": "paywall"}, paragraph("Paid."))
    card = one(visibility="paid", lexical=lexical(*nodes))
    assert "Free." in free(card)
    assert "Secret." not in free(card)
    assert "Secret." in plain_text(card.body)


def test_rendered_html_is_parted_at_the_same_places() -> None:
    gated = '<!--kg-gated-block:begin nonMember:false memberSegment:"status:-free" --><p>Secret.</p><!--kg-gated-block:end-->'
    card = one(visibility="paid", lexical=None, html=f"<p>Free.</p>{gated}<!--members-only--><p>Paid.</p>")
    assert "Free." in free(card)
    assert "Secret." not in free(card)
    assert "Paid." not in free(card)
    assert "Secret." not in free(one(lexical=None, html=f"<p>Free.</p>{gated}"))


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("published", "usable"),
        ("draft", "draft"),
        ("scheduled", "embargoed"),
        ("sent", "withheld"),
        ("new", "withheld"),
    ],
)
def test_a_post_keeps_its_status(raw: str, status: str) -> None:
    card = one(status=raw)
    assert card.status == status
    assert (card.embargoed_until is not None) == (status == "embargoed")


def test_milliseconds_of_old_exports_are_times() -> None:
    assert one(published_at=1_388_318_310_000).published == datetime(2013, 12, 29, 11, 58, 30, tzinfo=UTC)
    assert one(published_at=10**30).published is None


def test_what_went_to_members_by_mail_alone_is_locked() -> None:
    assert one(status="sent").locked is True


def test_language_is_a_tag_and_inner_tags_are_no_sections() -> None:
    tags = [{"id": "1", "name": "Politics"}, {"id": "2", "name": "#be"}, {"id": "3", "name": "#internal-note"}]
    joins = [{"post_id": NUMBER, "tag_id": tag["id"], "sort_order": at} for at, tag in enumerate(tags)]
    settings = [{"key": "locale", "value": "en"}]
    (card,) = read(post(), tags=tags, posts_tags=joins, settings=settings).cards
    assert (card.language, card.sections) == ("be", ("Politics",))
    assert read(post(), settings=settings).cards[0].language == "en"


def test_no_password_and_no_address_of_staff_is_kept() -> None:
    users = [{"id": "u", "name": "Hanna Mikulič", "email": "hanna@example.org", "password": "$2b$10$secret"}]
    reading = read(post(), users=users, posts_authors=[{"post_id": NUMBER, "author_id": "u"}])
    assert reading.cards[0].byline == "Hanna Mikulič"
    assert "$2b$" not in repr(reading)
    assert "example.org" not in repr(reading)


def test_members_and_injected_code_are_not_read() -> None:
    reading = read(post(codeinjection_foot="<script>drop</script>"), members=[{"email": "a@example.org"}] * 3)
    assert reading.counts == {"members": 3}
    assert "drop" not in repr(reading.cards)
    assert "@" not in repr(reading)


def test_the_sites_address_is_left_out_of_its_own_links() -> None:
    node = {"type": "link", "url": "__GHOST_URL__/about/", "children": [text("about")]}
    image = {"type": "image", "src": "__GHOST_URL__/content/a.jpg", "alt": "Alt", "caption": "<b>Cap</b>"}
    card = one(
        lexical=lexical({"type": "paragraph", "children": [node]}, image), feature_image="__GHOST_URL__/content/b.jpg"
    )
    assert card.body[0] == Picture("/content/b.jpg")
    assert card.body[2] == Picture("/content/a.jpg", "Alt", "Cap")
    assert "GHOST" not in str(to_json(card.body))


def test_lexical_text_keeps_its_marks_lists_and_headings() -> None:
    items = [{"type": "listitem", "children": [text("one")]}, {"type": "listitem", "children": [text("<two>")]}]
    nodes = (
        {
            "type": "paragraph",
            "children": [text("a ", 0), text("b", 1), text("c", 3), {"type": "linebreak"}, text("d")],
        },
        {"type": "extended-heading", "tag": "h2", "children": [text("Head")]},
        {"type": "list", "listType": "number", "children": items},
        {"type": "extended-quote", "children": [text("Quote")]},
        {"type": "callout", "calloutText": "Call"},
        {"type": "toggle", "heading": "Tog", "content": "<p>gle</p>"},
        {"type": "codeblock", "code": "x < y"},
        {"type": "bookmark", "url": "https://example.org/", "metadata": {"title": "Book", "description": "mark"}},
        {"type": "embed", "url": "https://video.example/1", "html": "<iframe></iframe>", "caption": ""},
    )
    kinds = [said["kind"] for said in to_json(one(lexical=lexical(*nodes)).body)]
    assert kinds == ["p", "p", "subheading", "list", "quote", "p", "p", "p", "p", "p", "p", "embed"]
    words = plain_text(one(lexical=lexical(*nodes)).body).split()
    assert words == [
        "a",
        "bc",
        "d",
        "Head",
        "one",
        "<two>",
        "Quote",
        "Call",
        "Tog",
        "gle",
        "x",
        "<",
        "y",
        "Book",
        "mark",
    ]


def test_an_unknown_card_gives_its_words_and_is_named() -> None:
    card = one(lexical=lexical({"type": "poll", "children": [text("Vote now")]}, paragraph("x")))
    assert plain_text(card.body) == "Vote now\nx"
    assert "'poll'" in card.repairs[0]


def test_cards_meant_for_mail_are_left_out_and_named() -> None:
    card = one(lexical=lexical(paragraph("x"), {"type": "email", "html": "<p>Dear member</p>"}))
    assert plain_text(card.body) == "x"
    assert "'email'" in card.repairs[0]


MOBILEDOC = {
    "version": "0.3.1",
    "atoms": [["soft-return", "", {}]],
    "markups": [["strong"], ["a", ["href", "https://example.org/"]]],
    "cards": [
        ["html", {"html": "<p>Raw</p>"}],
        ["paywall", {}],
        ["markdown", {"markdown": "# Head\n\n- one\n- **two**"}],
    ],
    "sections": [
        [1, "p", [[0, [], 0, "plain "], [0, [0], 1, "bold"], [1, [], 0, 0], [0, [1], 1, "link"]]],
        [10, 0],
        [3, "ul", [[[0, [], 0, "item"]]]],
        [10, 1],
        [10, 2],
        [2, "https://example.org/a.jpg"],
    ],
}


def test_mobiledoc_is_read_with_its_cards_and_its_paywall() -> None:
    card = one(visibility="paid", lexical=None, mobiledoc=json.dumps(MOBILEDOC))
    above, below = split_at_wall(card.body, locked=True)
    assert plain_text(above).split() == ["plain", "bold", "link", "Raw", "item"]
    assert plain_text(below).split() == ["Head", "one", "two"]


def test_a_form_that_cannot_be_read_falls_back_to_the_next_and_says_so() -> None:
    card = one(lexical="{broken", mobiledoc="[]", html="<p>From HTML</p>")
    assert plain_text(card.body) == "From HTML"
    assert "lexical could not be read" in card.repairs[0]
    assert plain_text(one(lexical=None, markdown="*From* [Markdown](https://example.org/)").body) == "From Markdown"


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"[]",
        b'{"db": []}',
        b'{"db": [{"data": {"posts": []}}]}',
        b'{"db": [{"data": {"posts": 5}}]}',
        b'{"db": 1',
        b"{" * 5000,
    ],
)
def test_what_is_no_export_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_ghost(content, Asked("ghost.json"))
    assert refusal.value.next_step


@pytest.mark.parametrize(
    "said",
    [
        {"title": ["x"]},
        {"lexical": {"root": []}},
        {"lexical": lexical({"type": ["p"], "children": "x"})},
        {
            "mobiledoc": json.dumps({"sections": [[1], [10, 99], [10, "x"], 5, [1, "p", [[0, [9], 9, "a"]]]]}),
            "lexical": None,
        },
        {"published_at": "9999-99-99"},
        {"published_at": 5},
        {"id": {"a": 1}},
        {"slug": "../../etc"},
        {"feature_image": "file:///etc/passwd"},
    ],
)
def test_wrong_types_are_taken_as_nothing(said: dict[str, Any]) -> None:
    reading = read(post(**said))
    assert len(reading.cards) + len(reading.refused) == 1
