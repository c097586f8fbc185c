"""XML from strangers, as a tree: mended where the damage is in the letters, refused where it is in the structure.

Promises kept here:
- no entity is expanded, no DTD or address is fetched, nothing is included;
- a tree is at most `DEEPEST` levels deep and `MOST_TAGS` large;
- text is never lost by mending: a bare `&` stays a letter, an HTML entity becomes its character;
- every mending is reported with its line.

Sources: XML 1.0 4.1 (references) and 2.8 (prolog); libxml2's error names for what it recovered from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html.entities import html5
from typing import Final

from lxml import etree

from dateline.errors import UnreadableFile
from dateline.formats.readers.decoding import Decoded
from dateline.formats.readers.found import DEEPEST, unreadable

MOST_TAGS: Final = 3_000_000
"""Signs `<`, and signs `&`, in one file: each may cost 120 bytes of tree, and a 64 MiB export has a tenth of these."""
MOST_REPAIRS: Final = 100_000
"""Mended letters in one file; more is not damage but another format."""

# What breaks the tree itself; everything else libxml2 reports is damage to letters, which it can pass over.
_BROKEN_TREE: Final = ("ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED", "ERR_DOCUMENT_END", "ERR_DOCUMENT_EMPTY")
_LIMITS: Final = ("ERR_RESOURCE_LIMIT", "ERR_INTERNAL_ERROR", "ERR_NAME_TOO_LONG", "ERR_ENTITY_LOOP", "ERR_NO_MEMORY")


@dataclass(frozen=True, slots=True)
class Mended:
    """A tree, with what was mended by line; `broken` where tags did not match, so a reader must check the structure."""

    root: etree._Element
    repairs: tuple[tuple[int, str], ...]
    broken: tuple[int, ...]

    def between(self, first: int, last: int) -> tuple[str, ...]:
        """Repairs of the lines from `first` up to before `last`, equal ones told once with their number."""
        seen = Counter(told for line, told in self.repairs if first <= line < last)
        told_once = [told if times == 1 else f"{told} ({times} times)" for told, times in seen.items()]
        return tuple(told_once[:20])


def parse(decoded: Decoded, file: str) -> Mended:
    """The tree of a decoded file.

    Raises:
        UnreadableFile: entities, too deep, too many tags, one text over 10 MB, or no element at all.
    """
    text = _without_doctype(decoded.text, file)
    if text.count("<") > MOST_TAGS:
        raise _hostile(file, f"it holds {text.count('<'):,} tags; at most {MOST_TAGS:,} are read.")
    text, repairs = _mended_letters(text, file)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as refusal:
        raise unreadable(file, f"it is no XML ({_short(str(refusal))}).", "Export it again.") from refusal
    if root is None:
        raise unreadable(file, "it is no XML: no element was found.", "Export it again.")
    errors = list(parser.error_log)
    _refuse_limits(root, errors, file)
    broken = tuple(error.line for error in errors if error.type_name in _BROKEN_TREE)
    told = [(error.line, _told(error)) for error in errors if error.type_name != "WAR_NS_URI_RELATIVE"]
    return Mended(root, (*repairs, *told), broken)


def local(element: etree._Element) -> str:
    """An element's name without its namespace; "" for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The child elements of that local name, whatever their namespace."""
    return (child for child in element if local(child) == name)


def text_in(element: etree._Element, name: str) -> str:
    """The text of the first child of that local name; "" where there is none."""
    found = next(children(element, name), None)
    return "" if found is None else all_text(found)


def all_text(element: etree._Element) -> str:
    """All text inside an element, ends stripped."""
    if len(element) == 0:
        return (element.text or "").strip()
    return "".join(str(piece) for piece in element.itertext(with_tail=True)).strip()


def _refuse_limits(root: etree._Element, errors: list[etree._LogEntry], file: str) -> None:
    limit = next((error for error in errors if error.type_name in _LIMITS), None)
    if root.xpath("boolean(" + "/*" * (DEEPEST + 1) + ")") or (limit is not None and "depth" in limit.message):
        raise _hostile(file, f"its tags nest more than {DEEPEST} deep.")
    if limit is not None:
        raise _hostile(file, f"line {limit.line} is over a limit of XML ({_short(limit.message)}).")


def _without_doctype(text: str, file: str) -> str:
    """The text with its DOCTYPE blanked out; entities and internal subsets are refused, nothing is fetched."""
    at = _prolog_end(text)
    if not text[at : at + 9].upper().startswith("<!DOCTYPE"):
        return text
    end = text.find(">", at)
    head = text[at : end if end >= 0 else len(text)]
    if "[" in head or end < 0:
        raise _hostile(file, "it declares its own entities (a DOCTYPE with an internal part).")
    return text[:at] + "\n" * head.count("\n") + text[end + 1 :]


def _prolog_end(text: str) -> int:
    """Where the DOCTYPE or the root element begins: after white space, instructions and comments."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        closing = "?>" if text.startswith("<?", at) else "-->" if text.startswith("<!--", at) else ""
        end = text.find(closing, at) if closing else -1
        if end < 0:
            return at
        at = end + len(closing)


_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE: Final = re.compile(r"\]\]>|&(?:#(\d{1,8});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{0,40});)?")
_OURS: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))


def _mended_letters(text: str, file: str) -> tuple[str, list[tuple[int, str]]]:
    """The text with controls left out and loose `&` and HTML entities made sound; lines stay where they were."""
    if text.count("&") > MOST_TAGS:
        raise _hostile(file, f"it holds {text.count('&'):,} signs `&`; at most {MOST_TAGS:,} are read.")
    text, controls = _without_controls(text)
    changes: list[tuple[int, str]] = []
    mended: list[str] = []
    for at, piece, is_markup in _pieces(text):
        sound = partial(_sound, changes, at)
        mended.append(_REFERENCE.sub(sound, piece) if is_markup else piece)
        if len(changes) + len(controls) > MOST_REPAIRS:
            raise _hostile(file, f"more than {MOST_REPAIRS:,} letters in it are not XML.")
    return "".join(mended), [*controls, *_by_line(text, changes)]


def _without_controls(text: str) -> tuple[str, list[tuple[int, str]]]:
    found = [(control.start(), "a control character left out") for control in _NOT_XML.finditer(text)]
    return (_NOT_XML.sub("", text), _by_line(text, found)) if found else (text, [])


def _by_line(text: str, changes: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Changes by the number of their line instead of their place."""
    if not changes:
        return []
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return [(bisect_right(starts, at), told) for at, told in changes]


def _sound(changes: list[tuple[int, str]], offset: int, found: re.Match[str]) -> str:
    if found.group() == "]]>":  # libxml2 would pass over it and the words before it
        changes.append((offset + found.start(), "a bare ]]> read as letters"))
        return "]]&gt;"
    decimal, hexadecimal, name = found.groups()
    if name in _OURS:
        return found.group()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        if code > 0x10FFFF or _NOT_XML.match(chr(code)):
            changes.append((offset + found.start(), "a reference to no character left out"))
            return ""
        return found.group()
    if name and f"{name};" in html5:
        changes.append((offset + found.start(), f"the HTML entity &{name}; read as its character"))
        return "".join(f"&#{ord(char)};" for char in html5[f"{name};"])
    changes.append((offset + found.start(), "a bare & read as a letter"))
    return "&amp;" + found.group()[1:]


def _pieces(text: str) -> Iterator[tuple[int, str, bool]]:
    """The text cut into (offset, piece, markup?): CDATA sections and comments are not markup. Linear in its length."""
    at = 0
    while at < len(text):
        opening = _OPAQUE.search(text, at)
        start = opening.start() if opening else len(text)
        yield at, text[at:start], True
        if not opening:
            return
        closing = "-->" if opening.group() == "<!--" else "]]>"
        end = text.find(closing, opening.end())
        at = len(text) if end < 0 else end + len(closing)
        yield start, text[start:at], False


_OPAQUE: Final = re.compile(r"<!\[CDATA\[|<!--")


def _told(error: etree._LogEntry) -> str:
    return f"XML mended: {_short(error.message)}"


def _short(message: str) -> str:
    return " ".join(message.split())[:120]


def _hostile(file: str, happened: str) -> UnreadableFile:
    return unreadable(file, happened, "If the file is what you meant, export it again without that.")
