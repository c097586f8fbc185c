import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.press.serving.negotiation import accepted, has_already


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("", ("identity",)),
        ("gzip", ("gzip", "identity")),
        ("gzip, deflate, br, zstd", ("br", "gzip", "identity")),
        ("br;q=0.5, gzip;q=0.8", ("gzip", "br", "identity")),
        ("br;q=0, gzip", ("gzip", "identity")),
        ("gzip;q=0", ("identity",)),
        ("*", ("br", "gzip", "identity")),
        ("*;q=0", ("identity",)),
        ("br, *;q=0", ("br", "identity")),
        ("*;q=0.3, gzip", ("gzip", "br", "identity")),
        ("identity, gzip;q=0.5", ("identity", "gzip")),
        ("identity;q=0, gzip", ("gzip", "identity")),
        ("X-GZIP", ("gzip", "identity")),
        ("GZip ; Q=1.0", ("gzip", "identity")),
        ("gzip;q=oops", ("identity",)),
        ("gzip;q=nan", ("identity",)),
        ("gzip;q=-1, br;q=2", ("identity",)),
        (",,;;=,", ("identity",)),
        ("gzip" + " " * 600, ("identity",)),
    ],
)
def test_the_best_encoding_a_client_takes_comes_first(header: str, order: tuple[str, ...]) -> None:
    assert accepted(header) == order


@given(st.text())
def test_any_header_text_leaves_something_to_send(header: str) -> None:
    assert "identity" in accepted(header)


@pytest.mark.parametrize(
    ("header", "has"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", W/"a" , "c"', True),
        ("*", True),
        ('"b"', False),
        ("", False),
        ('"ab", "xa"', False),
        ('"a' * 400, False),
    ],
)
def test_a_client_that_has_the_bytes_is_known_by_their_tag(header: str, has: bool) -> None:
    assert has_already(header, '"a"') is has
