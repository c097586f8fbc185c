"""Which encoding was declared and which was found; nothing but text is decoded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.told import assert_three_parts

from dateline.errors import UnreadableFile
from dateline.formats.readers.decoding import declared_in, decode

WORDS = "Мост через реку открыли в понедельник, сообщили строители."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1251", "koi8-r"])
def test_russian_text_is_found_in_any_usual_encoding(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "x").text == WORDS


def test_western_text_is_not_taken_for_cyrillic() -> None:
    decoded = decode("Économie : les députés étudient le café".encode("latin-1"), "x")
    assert decoded.encoding == "windows-1252"
    assert decoded.text.startswith("Économie")


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    decoded = decode((WORDS * 5).encode() + b"\xff", "x")
    assert (decoded.encoding, decoded.text.count("\ufffd")) == ("utf-8", 1)
    assert decoded.repairs == ("1 characters were not utf-8 and are shown as \ufffd",)


def test_bytes_that_are_nothing_in_the_declared_encoding_are_counted() -> None:
    decoded = decode(b'<?xml version="1.0" encoding="windows-1251"?>' + WORDS.encode("windows-1251") + b"\x98", "x")
    assert decoded.repairs == ("1 characters were not windows-1251 and are shown as \ufffd",)


@pytest.mark.parametrize(
    "codec", ["zlib", "base64", "unicode_escape", "rot13", "idna", "utf-7", "punycode", "hex", "nothing"]
)
def test_a_codec_that_is_no_text_is_never_tried(codec: str) -> None:
    content = f'<?xml version="1.0" encoding="{codec}"?><a>{WORDS}</a>'.encode()
    assert WORDS in decode(content, "x").text


@pytest.mark.parametrize("content", [b"a\0b", b"\0", "a\0b".encode("utf-16")])
def test_nul_characters_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="NUL"):
        decode(content, "x")


def test_the_declaration_is_read_from_the_first_line_only() -> None:
    assert declared_in(b"\n<?xml version='1.0' encoding='KOI8-R'?>") == "koi8-r"
    assert declared_in(b"<a/><?xml encoding='koi8-r'?>") == ""


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        assert isinstance(decode(content, "x").text, str)
    except UnreadableFile as refusal:
        assert_three_parts(refusal)
