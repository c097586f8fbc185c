"""Bytes to text: which encoding was declared, which was found, and what had to be mended.

Promises kept here:
- only encodings of text are tried, whatever a file declares (`zlib` and `unicode_escape` are Python codecs too);
- declared and found are told apart, and a difference is reported;
- a byte that is nothing in the found encoding is shown as U+FFFD and counted, never dropped.

Sources: WHATWG Encoding 4.2 (iso-8859-1 means windows-1252); XML 1.0 4.3.3 and F.1 (declaration, byte order mark).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from dateline.formats.readers.found import unreadable

_TEXT_CODECS: Final = re.compile(
    r"(utf_?(8|16|32)|cp?(125[0-8]|866|437|850|852|855)|iso8859_\d+|koi8_[rut]|mac_cyrillic|ascii"
    r"|gb\w+|big5\w*|euc_\w+|shift_jis\w*|iso2022_jp)",
)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


def decode(content: bytes, file: str) -> Decoded:
    """The text of a file.

    Raises:
        UnreadableFile: NUL characters, so not text.
    """
    decoded = _by_mark(content) or _by_declaration(content, declared_in(content))
    if "\0" in decoded.text:
        raise unreadable(
            file,
            "it holds NUL characters, so it is not a file of text.",
            "Export it again as text in UTF-8; pictures and databases are not read here.",
        )
    return decoded


def declared_in(content: bytes) -> str:
    """The encoding an XML declaration names, in small letters; "" where there is none."""
    found = _DECLARED.match(content.lstrip()[:200])
    return found.group(1).decode("ascii").lower() if found else ""


def _by_mark(content: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
            return Decoded(text, encoding, _replaced(text, content.decode(encoding, errors="ignore"), encoding))
    return None


def _by_declaration(content: bytes, declared: str) -> Decoded:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(content, declared)
    if declared and _codec(declared) not in ("utf-8", "ascii") and not text.isascii():
        return Decoded(text, "utf-8", (f"charset {declared} declared, utf-8 found",))
    return Decoded(text, declared if _codec(declared) else "utf-8")


def _not_utf8(content: bytes, declared: str) -> Decoded:
    codec = _codec(declared)
    if codec and codec != "utf-8":
        text = content.decode(_as_browsers_do(codec), errors="replace")
        return Decoded(text, declared, _replaced(text, content.decode(_as_browsers_do(codec), "ignore"), declared))
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken * 50 <= sum(char > "\x7f" for char in text):
        return Decoded(text, "utf-8", (f"{broken} characters were not utf-8 and are shown as \ufffd",))
    found = _guess(content)
    told = f"charset {declared} declared, {found} found" if declared else f"no charset declared, {found} found"
    return Decoded(content.decode(found, errors="replace"), found, (told,))


def _replaced(text: str, kept: str, encoding: str) -> tuple[str, ...]:
    lost = text.count("\ufffd") - kept.count("\ufffd")
    return (f"{lost} characters were not {encoding} and are shown as \ufffd",) if lost > 0 else ()


def _codec(declared: str) -> str:
    """Python's name of a declared encoding of text; "" for one that is not text or not known."""
    try:
        name = codecs.lookup(declared).name if declared else ""
    except LookupError:
        return ""
    return name if _TEXT_CODECS.fullmatch(name.replace("-", "_")) else ""


def _as_browsers_do(codec: str) -> str:
    return "cp1252" if codec in ("iso8859-1", "ascii") else codec


_HIGH_RUNS: Final = re.compile(rb"[\x80-\xff]+")


def _guess(content: bytes) -> str:
    """windows-1251, koi8-r or windows-1252, by how bytes above 0x7F stand.

    In Cyrillic text they come in whole words, in Western text one at a time. Small letters outnumber capitals:
    they are 0xE0-0xFF in windows-1251 and 0xC0-0xDF in koi8-r.
    """
    runs = [run for _, run in zip(range(20_000), _HIGH_RUNS.findall(content[:1_000_000]), strict=False)]
    high = b"".join(runs)
    if not runs or len(high) < 3 * len(runs):
        return "windows-1252"
    small_1251 = sum(byte >= 0xE0 for byte in high)
    small_koi8 = sum(0xC0 <= byte < 0xE0 for byte in high)
    return "windows-1251" if small_1251 >= small_koi8 else "koi8-r"
