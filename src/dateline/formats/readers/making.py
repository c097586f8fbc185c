"""From raw fields to a card: every reader's strings are cleaned and held to the same limits here.

A field too long or a body that is not ours raises `CardError` or `BodyError`: that story is refused and named, the
rest of the file goes on. A slug or an address with path tricks is left out, and the card says so in `repairs`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import unquote

from dateline.formats.body import clean_line, clean_text, is_safe_src
from dateline.formats.filed import FiledCard, is_safe_slug, line_of

_LINES: Final = ("headline", "subheadline", "slugline", "byline", "lock_notice", "translation_of")
_TEXTS: Final = ("summary", "note")
LONGEST_ADDRESS: Final = 2_000


def make_card(identity: str, *, repairs: Iterable[str] = (), **fields: Any) -> FiledCard:
    """A card whose strings are cleaned.

    Args:
        identity: the input's own; empty means that one is made from the digest of what the story says.
        repairs: what had to be mended so far.
        fields: `FiledCard`'s own names; strings may be raw.

    Raises:
        CardError: a line over the limit; names the field.
    """
    told = list(repairs)
    fields |= {key: line_of(fields[key], key) for key in _LINES if key in fields}
    fields |= {key: clean_text(fields[key]).strip() for key in _TEXTS if key in fields}
    fields["sections"] = _names(fields.get("sections", ()))
    fields["slug"] = _slug(str(fields.get("slug", "")), told)
    fields["address"] = _address(str(fields.get("address", "")), told)
    if "language" in fields:
        fields["language"] = language_tag(fields["language"])
    card = FiledCard(
        line_of(identity, "id"),
        **fields,
        repairs=tuple(dict.fromkeys(line for one in told if (line := clean_line(one)))),
    )
    return card if card.id else _with_made_id(card)


def made_id(*parts: object) -> str:
    """An identity from what is said: "made-" and 32 hexadecimal digits."""
    return "made-" + hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:32]


def language_tag(text: str) -> str:
    """A BCP 47 tag from "en_US" or "EN-us": hyphens, usual letters; "" for what cannot be one (RFC 5646 2.1.1)."""
    parts = clean_text(text).strip().replace("_", "-").split("-")
    if not (2 <= len(parts[0]) <= 3 and all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)):
        return ""
    rest = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower() for part in parts[1:]]
    return "-".join([parts[0].lower(), *rest])


def _with_made_id(card: FiledCard) -> FiledCard:
    return replace(card, id=made_id(card.digest()), made=("id",))


def _names(names: Iterable[str]) -> tuple[str, ...]:
    cleaned = (line_of(name, "sections") for name in names)
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _slug(raw: str, told: list[str]) -> str:
    slug = line_of(unquote(raw), "slug") if len(raw) <= LONGEST_ADDRESS else ""
    if raw and (not slug or not is_safe_slug(slug)):
        told.append(f"the slug {raw[:40]!r} is not one step of an address; left out")
        return ""
    return slug


def _address(raw: str, told: list[str]) -> str:
    address = clean_text(raw).strip()
    if not address:
        return ""
    steps = unquote(unquote(address)).replace("\\", "/").split("?")[0].split("/")
    is_kind = address.startswith(("http://", "https://", "/")) and not address.startswith("//")
    if not is_kind or ".." in steps or not is_safe_src(address) or len(address) > LONGEST_ADDRESS:
        told.append(f"the address {address[:60]!r} cannot be one of a story; left out")
        return ""
    return address
