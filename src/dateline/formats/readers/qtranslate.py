"""qTranslate's way of keeping languages: all of them in one field, "[:en]Bridge[:be]Мост[:]".

Source: qTranslate-X and its heirs; the older form is "<!--:en-->Bridge<!--:--><!--:be-->Мост<!--:-->".
"""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = re.compile(r"\[:([a-z]{2})?\]|<!--:([a-z]{2})?-->")


def languages_in(*fields: str) -> tuple[str, ...]:
    """The languages marked in any of these fields, in the order they first stand."""
    found = [first or second for field in fields for first, second in _MARK.findall(field)]
    return tuple(dict.fromkeys(language for language in found if language))


def in_language(field: str, language: str) -> str:
    """What a field says in one language; text outside all marks belongs to every language."""
    pieces = _MARK.split(field)
    said = [pieces[0]]
    for first, second, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        if (first or second or language) == language:
            said.append(text)
    return "".join(said)
