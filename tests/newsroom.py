"""One newsroom for all tests: an invented agency with one of each difficulty. A test changes the one thing it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dateline.formats.body import Body, ListBlock, Paragraph, Quote, Run, Subheading, Table, Wall, plain
from dateline.formats.filed import FiledCard
from dateline.formats.story_card import Correction, Dateline

TOML = """
languages = ["en", "be", "be-Latn", "ru"]
default_language = "en"
timezone = "Europe/Vilnius"
site_url = "https://ranica.example/"
contact = "mailto:desk@ranica.example"
[name]
en = "Ranica"
be = "Раніца"
be-Latn = "Ranica"
ru = "Раница"
[tagline]
en = "News of the river towns"
[[sections]]
slug = "politics"
media_topic = "11000000"
labels = { en = "Politics", be = "Палітыка", be-Latn = "Palityka", ru = "Политика" }
[[sections]]
slug = "economy"
media_topic = "04000000"
labels = { en = "Economy", be = "Эканоміка", be-Latn = "Ekanomika", ru = "Экономика" }
[[sections]]
slug = "sport"
media_topic = "15000000"
labels = { en = "Sport", be = "Спорт", be-Latn = "Sport", ru = "Спорт" }
"""

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SENTINEL = "amber kestrels quietly outnumber seventeen velvet lanterns"
"""Words that stand in text that must not come out, and nowhere else."""


def body(*paragraphs: str) -> Body:
    return tuple(Paragraph(plain(text)) for text in paragraphs)


def bridge(**changed: Any) -> FiledCard:
    """A free story in English, with everything a body can hold but a wall and a picture."""
    card = FiledCard(
        id="ranica-bridge-en",
        version=1,
        language="en",
        headline="New bridge over the Lusna opens in Kryničnaje",
        slugline="bridge",
        summary="The crossing cost 48 million krony and shortens the way to the hospital by 19 kilometres.",
        byline="Halina Zvonka",
        dateline=Dateline("November 18, Ranica.", "", date(2026, 11, 18), "Ranica"),
        published=datetime(2026, 11, 18, 9, 30, tzinfo=UTC),
        sections=("Economy", "Politics"),
        locked=False,
        urgency=4,
        body=(
            Paragraph((Run("The first bridge over the Lusna since 1974 carried cars on Tuesday, "),
                       Run("the road office", ("bold",)), Run(" said.")))  ,
            Subheading(plain("What it cost")),
            Quote(plain("We paid 48 million krony, and not one more."), "Ihar Dubnik", "Radio Lusna", "2026-11-17"),
            ListBlock((plain("212 metres"), plain("four lanes"))),
            Table(((plain("Part"), plain("Million krony")), (plain("Steel"), plain("31")), (plain("Road"), plain("17"))), True),
        ),
    )  # fmt: skip
    return replace(card, **changed)


def bridge_be(**changed: Any) -> FiledCard:
    """Its Belarusian translation."""
    card = FiledCard(
        id="ranica-bridge-be",
        version=1,
        language="be",
        headline="У Крынічным адкрылі новы мост цераз Лусну",
        summary="Пераправа каштавала 48 мільёнаў крон.",
        dateline=Dateline("18 лістапада, Раніца.", "", date(2026, 11, 18), "Раніца"),
        published=datetime(2026, 11, 18, 10, 5, tzinfo=UTC),
        sections=("Эканоміка", "Палітыка"),
        locked=False,
        translation_of="ranica-bridge-en",
        body=body("Першы з 1974 года мост цераз Лусну прыняў машыны ў аўторак."),
    )
    return replace(card, **changed)


def bridge_latn(**changed: Any) -> FiledCard:
    """The same in łacinka."""
    card = bridge_be(id="ranica-bridge-latn", language="be-Latn", headline="U Kryničnym adkryli novy most ceraz Łusnu")
    card = replace(card, summary="", body=body("Pieršy z 1974 hoda most ceraz Łusnu pryniaŭ mašyny ŭ aŭtorak."))
    return replace(card, dateline=Dateline("18 listapada, Ranica."), **changed)


def ledger(**changed: Any) -> FiledCard:
    """A locked story: one free paragraph, then the wall, then the sentinel."""
    card = FiledCard(
        id="ranica-ledger-ru",
        version=1,
        language="ru",
        headline="Ревизоры нашли вторую книгу расходов порта",
        dateline=Dateline("19 ноября, Раница.", "", date(2026, 11, 19), "Раница"),
        published=datetime(2026, 11, 19, 7, 0, tzinfo=UTC),
        sections=("Экономика",),
        locked=True,
        lock_notice="Материал доступен подписчикам",
        body=(*body("Книгу нашли в сейфе порта."), Wall(), *body(f"В ней 214 страниц; {SENTINEL}.")),
    )
    return replace(card, **changed)


def derby(**changed: Any) -> FiledCard:
    """A short free story, for lists."""
    card = FiledCard(
        id="ranica-derby-en",
        version=1,
        language="en",
        headline="Kryničnaje beat Buda 3–2 in overtime",
        published=datetime(2026, 11, 19, 20, 45, tzinfo=UTC),
        sections=("Sport",),
        locked=False,
        body=body("Kryničnaje won the derby in the 64th minute."),
    )
    return replace(card, **changed)


def corrected_bridge() -> FiledCard:
    """The bridge's second take, a correction."""
    noted = Correction(datetime(2026, 11, 18, 15, 0, tzinfo=UTC), "The bridge is 212 metres long, not 221.")
    return bridge(version=2, signal="correction", version_created=noted.at, corrections=(noted,))


def embargoed(now: datetime = NOW, **changed: Any) -> FiledCard:
    """A story that may not leave before its hour, two days from `now`."""
    card = bridge(id="ranica-budget-en", headline=f"Budget: {SENTINEL}", embargoed_until=now + timedelta(days=2))
    return replace(card, status="embargoed", published=None, **changed)


def all_cards() -> list[FiledCard]:
    return [bridge(), bridge_be(), bridge_latn(), ledger(), derby(), embargoed()]
