"""Story cards of each difficulty, for tests of pages and feeds without a record. Agency and people are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from dateline.formats.body import (
    Body,
    Embed,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Run,
    Subheading,
    Table,
    plain,
)
from dateline.formats.story_card import Correction, Dateline, Headline, PictureFile, StoryCard, Subject

HOSTILE: Final = "</script><!--<b>&\"' ]]> \u2028{{ 7*7 }}</style><img src=x onerror=alert(1)>"

NOON: Final = datetime(2026, 11, 22, 11, 5, tzinfo=UTC)


def paragraphs(*texts: str) -> Body:
    return tuple(Paragraph(plain(text)) for text in texts)


BRIDGE_BODY: Final[Body] = (
    *paragraphs(
        "The bridge over the Viasna at Kamianiec opened to traffic on Sunday, eleven months after its last pier was "
        "found cracked, the regional road office said.",
        "Repairs cost 4.2 million rubles, of which the town paid a third.",
    ),
    Subheading(plain("What was found")),
    Paragraph(
        (
            Run("Engineers had warned of the pier in "),
            Run("two letters", ("bold",)),
            Run(", as "),
            Run("we reported", ("italic", "link"), "story:22222222-2222-5222-8222-222222222222"),
            Run(" then; the office "),
            Run("published them", ("link",), "https://roads.example/letters?a=1&b=2"),
            Run(", and "),
            Run("a third", ("link",), "story:99999999-9999-5999-8999-999999999999"),
            Run(" is lost."),
        )
    ),
    Quote(
        plain("“Nobody crosses a bridge on trust. We opened it when the last gauge had been still for thirty days.”"),
        "Hanna Baroŭskaja, head engineer",
        "Radio Viasna",
        "November 21",
    ),
    Picture(
        "picture:aa11",
        'The bridge seen from the "old" ferry <landing>',
        "The new pier stands a metre deeper.",
        "Photo: Aleś Vituška",
    ),
    Table(
        (
            (plain("Work"), plain("Planned, rubles"), plain("Paid, rubles")),
            (plain("Pier"), plain("2,400,000"), plain("2,950,000")),
            (plain("Deck"), plain("1,100,000"), plain("1,040,000")),
            (plain("Gauges"), plain("180,000"), plain("210,000")),
        ),
        header=True,
    ),
    ListBlock((plain("Lorries over 20 tonnes wait until March."), plain("Buses return to route 7 on Monday."))),
    Picture("https://tracker.example/pixel.png", "not ours", "A plan of the works.", "Road office"),
    Embed("https://video.example/watch?v=1"),
    *paragraphs("The ferry goes on until the end of the month."),
)


def headline(number: int, **changes: object) -> Headline:
    """One line of a list; `number` makes its identity, address and minute."""
    line = Headline(
        uid=f"{number:08}-0000-5000-8000-000000000000",
        address=f"en/2026/11/22/story-{number}/",
        language="en",
        headline=f"Town council votes for a second ferry, line {number}",
        published=NOON.replace(hour=number // 60 % 24, minute=number % 60),
        updated=NOON,
        sections=("politics",),
        locked=False,
    )
    return replace(line, **changes)  # type: ignore[arg-type]


OTHER: Final = headline(
    2, uid="22222222-2222-5222-8222-222222222222", headline="Cracked pier: engineers had warned twice", corrected=True
)

STORY: Final = StoryCard(
    uid="11111111-1111-5111-8111-111111111111",
    address="en/2026/11/22/bridge-opens/",
    take=2,
    language="en",
    headline="Bridge at Kamianiec opens after eleven months",
    published=NOON,
    updated=NOON.replace(hour=14),
    sections=("society", "economy"),
    locked=False,
    subheadline="Lorries wait until spring; the town asks who read the engineers’ letters",
    summary="The repaired bridge over the Viasna is open again, at a third above the price.",
    byline="Maryna Kalač",
    dateline=Dateline("Kamianiec, November 22, Dateline.", "Kamianiec", date(2026, 11, 22), "Dateline"),
    body=BRIDGE_BODY,
    subjects=(Subject("Hanna Baroŭskaja", "person"), Subject("Kamianiec", "place", "https://places.example/1")),
    corrections=(Correction(NOON.replace(hour=14), "The repairs cost 4.2 million rubles, not 2.4 million."),),
    translations=(
        headline(3, language="be", address="be/2026/11/22/most/", headline="Мост у Камянцы адкрыты"),
        headline(4, language="ru", address="ru/2026/11/22/most/", headline="Мост в Каменце открыт"),
    ),
    related=(OTHER,),
    earlier=(headline(5, locked=True), headline(6)),
    linked=(OTHER,),
    pictures=(PictureFile("picture:aa11", ((480, 320, "aa11-480"), (960, 640, "aa11-960"))),),
)

LOCKED: Final = replace(
    STORY,
    uid="33333333-3333-5333-8333-333333333333",
    address="en/2026/11/22/budget/",
    headline="Who pays for the second ferry",
    locked=True,
    summary="",
    subheadline="",
    corrections=(),
    related=(),
    translations=(),
    body=paragraphs("The council met behind closed doors on Saturday; three of its members told what was said."),
)

LOCKED_WHOLE: Final = replace(
    LOCKED, uid="44444444-4444-5444-8444-444444444444", address="en/2026/11/22/whole/", body=()
)

UNTITLED: Final = replace(STORY, address="en/2026/11/22/untitled/", headline="", subheadline="", summary="")

HOSTILE_STORY: Final = replace(
    STORY,
    address="en/2026/11/22/hostile/",
    headline=HOSTILE,
    subheadline=HOSTILE,
    summary=HOSTILE,
    byline=HOSTILE,
    dateline=Dateline(HOSTILE),
    corrections=(Correction(NOON, HOSTILE),),
    subjects=(Subject(HOSTILE, "topic", "javascript:alert(1)"),),
    related=(replace(OTHER, headline=HOSTILE),),
    body=(
        Paragraph((Run(HOSTILE), Run(HOSTILE, ("link",), 'https://x.example/"><script>'))),
        Quote(plain(HOSTILE), HOSTILE, HOSTILE, HOSTILE),
        Picture("picture:aa11", HOSTILE, HOSTILE, HOSTILE),
        Table(((plain(HOSTILE),),), header=True),
        ListBlock((plain(HOSTILE),), ordered=True),
        Embed('https://x.example/"onload="x'),
        Embed("http://[broken"),
    ),
)

BE: Final = replace(
    STORY,
    uid="55555555-5555-5555-8555-555555555555",
    language="be",
    address="be/2026/11/22/most/",
    headline="Мост у Камянцы адкрылі праз адзінаццаць месяцаў",
    subheadline="Грузавікі пачакаюць да вясны; горад пытаецца, хто чытаў лісты інжынераў",
    summary="Адрамантаваны мост праз Вясну зноў адкрыты і абышоўся на траціну даражэй.",
    byline="Марына Калач",
    dateline=Dateline("Камянец, 22 лістапада, Dateline.", "Камянец", date(2026, 11, 22), "Dateline"),
    body=paragraphs(
        "Мост праз Вясну ў Камянцы адкрылі для руху ў нядзелю, праз адзінаццаць месяцаў пасля таго, як у яго апошняй "
        "апоры знайшлі трэшчыну, паведаміла абласное дарожнае ўпраўленне.",
        "Рамонт каштаваў 4,2 мільёна рублёў, трэцюю частку якіх заплаціў горад.",
    ),
    corrections=(Correction(NOON.replace(hour=14), "Рамонт каштаваў 4,2 мільёна рублёў, а не 2,4."),),
    translations=(),
    related=(),
    earlier=(),
)

BE_LATN: Final = replace(
    BE,
    uid="66666666-6666-5666-8666-666666666666",
    language="be-Latn",
    address="be-Latn/2026/11/22/most/",
    headline="Most u Kamiancy adkryli praz adzinaccać miesiacaŭ",
    subheadline="Hruzaviki pačakajuć da viasny; horad pytajecca, chto čytaŭ listy inžynieraŭ",
    summary="Adramantavany most praz Viasnu znoŭ adkryty i abyšoŭsia na tracinu daražej.",
    byline="Maryna Kałač",
    dateline=Dateline("Kamianiec, 22 listapada, Dateline."),
    body=paragraphs("Most praz Viasnu ŭ Kamiancy adkryli dla ruchu ŭ niadzielu."),
    corrections=(),
)

RU_LOCKED: Final = replace(
    LOCKED,
    uid="77777777-7777-5777-8777-777777777777",
    language="ru",
    address="ru/2026/11/22/parom/",
    headline="Кто заплатит за второй паром",
    byline="Марина Калач",
    dateline=Dateline("Каменец, 22 ноября, Dateline."),
    body=paragraphs("Совет собрался в субботу за закрытыми дверями; о сказанном рассказали трое его членов."),
    earlier=(),
)

ALL: Final = (STORY, LOCKED, LOCKED_WHOLE, UNTITLED, HOSTILE_STORY, BE, BE_LATN, RU_LOCKED)
