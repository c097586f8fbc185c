"""The demonstration's markup says exactly what it says: a stray sign is refused, never shown."""

import pytest

from dateline.demo.markup import Surroundings, read_body
from dateline.errors import BodyError
from dateline.formats.body import ListBlock, Paragraph, Picture, Quote, Run, Subheading, Table, Wall

BRIDGE = Picture("demo:bridge", "A bridge", "The bridge", "Drawing")


def find_story(slug: str) -> str:
    if slug != "brod-bridge":
        raise BodyError(f"no story {slug!r}", "Nothing was read.", "Mend the link.")
    return "story:demo-brod-bridge-en"


PLAIN = Surroundings("here", {}, find_story)
PICTURED = Surroundings("here", {"bridge": BRIDGE}, find_story)


def test_every_block_is_read() -> None:
    body = read_body(
        """
One **bold**, _italic_
and [linked](story:brod-bridge) paragraph.

[[picture bridge]]

## A subheading

> The bridge stands.
> -- Jadviha Kulba, mayor of Brod, Radio Parom, November 9

- one
- two

| Item | 2027 |
| Roads | 890 |

[[wall]]

11~400 vehicles
""",
        PICTURED,
    )
    assert body == (
        Paragraph(
            (
                Run("One "),
                Run("bold", ("bold",)),
                Run(", "),
                Run("italic", ("italic",)),
                Run(" and "),
                Run("linked", ("link",), "story:demo-brod-bridge-en"),
                Run(" paragraph."),
            )
        ),
        BRIDGE,
        Subheading((Run("A subheading"),)),
        Quote((Run("The bridge stands."),), "Jadviha Kulba, mayor of Brod", "Radio Parom", "November 9"),
        ListBlock(((Run("one"),), (Run("two"),))),
        Table((((Run("Item"),), (Run("2027"),)), ((Run("Roads"),), (Run("890"),))), header=True),
        Wall(),
        Paragraph((Run("11\u00a0400 vehicles"),)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "a stray ** sign",
        "an open _mark",
        "a [broken link",
        "a [link](story:nobody)",
        "a [link](javascript:alert(1))",
        "a [link](http://river.example/)",
        "# a heading of another size",
        "a paragraph\n> with a quotation inside",
        "> a quotation nobody said",
        "> a quotation\n> -- Somebody without a day",
        "- one\ntwo",
        "| a | b |",
        "| a | b |\n| c |",
        "| a | b |\nno row",
        "[[picture harbour]]",
        "[[embed somewhere]]",
        "[[wall]]\n\n[[wall]]",
    ],
)
def test_what_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(BodyError, match=r"here|no story"):
        read_body(text, PLAIN)


def test_a_picture_that_is_not_placed_is_refused() -> None:
    with pytest.raises(BodyError, match="placed"):
        read_body("No picture here.", PICTURED)
