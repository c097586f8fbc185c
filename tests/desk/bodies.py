"""Bodies for property tests: any body, and bodies as the editor itself would write them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from dateline.formats.body import (
    Body,
    Embed,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Subheading,
    Table,
    Wall,
    join_runs,
)

UID = "5f6d6c0a-51a3-5b0e-9c3e-d47e11fe2026"
HREFS = st.sampled_from(
    [
        "https://port.example/x?a=1&b=2",
        'https://port.example/"quoted"',
        "mailto:port@port.example",
        "/about",
        f"story:{UID}",
        "name:halina-zvonka",
    ]
)
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
WORDS = st.lists(
    st.text(st.sampled_from("abcxyzабвўіґЁŁž&<>\"'„“–1234567890.,"), min_size=1, max_size=6), min_size=1, max_size=3
).map(" ".join)
"""As typed: words with single spaces between them."""


@st.composite
def runs(draw: Any, text: st.SearchStrategy[str] = ANY_TEXT) -> Runs:
    made = []
    for _ in range(draw(st.integers(0, 4))):
        href = draw(st.one_of(st.just(""), HREFS))
        marks = draw(st.sets(st.sampled_from(["bold", "italic", "quote"])))
        made.append(Run(draw(text), (*marks, "link") if href else tuple(marks), href))
    return join_runs(made)


def blocks(text: st.SearchStrategy[str] = ANY_TEXT) -> st.SearchStrategy[Any]:
    line = runs(text)
    rows = st.lists(st.lists(line, max_size=3).map(tuple), max_size=3).map(tuple)
    return st.one_of(
        line.map(Paragraph),
        line.map(Subheading),
        st.builds(Quote, line, text, text, text),
        st.builds(ListBlock, st.lists(line, max_size=3).map(tuple), st.booleans()),
        st.builds(Table, rows, st.booleans()),
        st.builds(Picture, st.sampled_from(["picture:abc", "https://port.example/a.jpg"]), text, text, text),
        st.builds(Embed, HREFS),
        st.just(Wall()),
    )


def bodies(text: st.SearchStrategy[str] = ANY_TEXT) -> st.SearchStrategy[Body]:
    return st.lists(blocks(text), max_size=6).map(tuple)
