"""Questions that only pages ask of the record: answered for many at once, by an index, and as one by one."""

from datetime import timedelta

import pytest
from django.db import connection

from dateline.story import reads
from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.actions.kill import kill
from dateline.story.models import Story
from tests import newsroom as agency


def publish(*filed):
    return file_cards(list(filed), by="test", now=agency.NOW, wishes=Wishes(publish=True))


def earlier_one_by_one(story):
    same = Story.objects.filter(state="out", language=story.language, section=story.section).exclude(kind="headline")
    rows = [s for s in same if (s.published, -s.pk) < (story.published, -story.pk)]
    rows.sort(key=lambda s: (-s.published.timestamp(), s.pk))
    return [s.address for s in rows[: reads.EARLIER]]


@pytest.fixture
def many(newsroom):
    """Two sections, several stories of one instant, and listing entries between them."""
    publish(
        *(
            agency.derby(
                id=f"d{n}",
                headline=f"Derby {n}",
                published=agency.NOW - timedelta(hours=n // 3),
                sections=("Sport",) if n % 4 else ("Politics",),
                kind="headline" if n % 7 == 3 else "story",
            )
            for n in range(24)
        )
    )
    kill("d9", why="x", by="test", now=agency.NOW)


def test_earlier_stories_for_many_are_those_of_each(many):
    addresses = list(reads.every_address())
    found = {card.address: [story.address for story in card.earlier] for card in reads.cards(addresses)}
    assert found == {s.address: earlier_one_by_one(s) for s in Story.objects.filter(address__in=addresses)}
    assert any(len(earlier) == reads.EARLIER for earlier in found.values())


def test_whoever_names_a_story_as_earlier_is_found_when_it_changes(many):
    named = {story.address: {s.address for s in story.earlier} for story in reads.cards(list(reads.every_address()))}
    for story in Story.objects.filter(state="out").exclude(kind="headline"):
        naming = {address for address, earlier in named.items() if story.address in earlier}
        later = reads.later_addresses(story.language, story.section, story.published, story.pk)
        assert naming <= set(later)


def test_a_listing_entry_has_no_page_no_feed_item_and_no_redirect(many):
    listed = set(Story.objects.filter(kind="headline").values_list("address", flat=True))
    assert listed
    assert not listed & set(reads.every_address())
    assert reads.cards(sorted(listed)) == []
    assert len(reads.newest_keys("en", None, 100)) == len(list(reads.every_address()))
    assert listed & {story.address for story in reads.newest("en", None, 100)}


@pytest.mark.parametrize("few", [1, 20])
def test_the_number_of_questions_does_not_grow(many, few, django_assert_max_num_queries):
    addresses = list(reads.every_address())[:few]
    with django_assert_max_num_queries(8):
        reads.cards(addresses)


def test_months_count_their_stories(many):
    assert sum(reads.month_tallies("en").values()) == Story.objects.filter(state="out").count()


def test_a_key_changes_with_the_take(many):
    before = reads.newest_keys("en", "politics", 5)
    publish(agency.derby(id="d0", version=2, headline="Derby again", sections=("Politics",)))
    after = reads.newest_keys("en", "politics", 5)
    assert [a.story for a in after] == [b.story for b in before]
    assert sum(a != b for a, b in zip(after, before, strict=True)) == 1
    assert {card.headline for card in reads.cards_for(set(after) - set(before)).values()} == {"Derby again"}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the plan is SQLite's")
def test_withdrawals_and_news_are_found_by_an_index(many):
    plans = []

    def explain(execute, sql, params, is_many, context):
        with connection.cursor() as cursor:
            cursor.cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%s", "?"), params)
            plans.extend(row[3] for row in cursor.cursor.fetchall())
        return execute(sql, params, is_many, context)

    with connection.execute_wrapper(explain):
        reads.withdrawn("en", None, 30)
        reads.since(["en", "be"], timedelta(days=2), 1000)
    assert not [line for line in plans if line.startswith("SCAN")]
