"""JSON from strangers: the values, or a refusal that names what is wrong.

Promises kept here:
- nesting over `DEEPEST`, more values than `MOST_VALUES`, a key given twice, NaN and endless numbers are refused;
- nothing but `DatelineError` is raised, whatever the bytes.

A key given twice is refused because readers disagree which one counts (RFC 8259 4), and `locked` may be that key.
"""

from __future__ import annotations

import json
from typing import Any, Final

from dateline.errors import CardError
from dateline.formats.readers.found import DEEPEST

MOST_VALUES: Final = 3_000_000
"""Lists, objects and strings in one text: each costs some 60 bytes beside its letters."""


class _Refused(ValueError):
    """A JSON text that is well-formed and still not taken."""


def read_json(text: str) -> Any:
    """The values of one JSON text.

    Raises:
        CardError: no JSON, too deep, too many values, a key twice, or a number that is none.
    """
    if text.count("[") + text.count("{") > MOST_VALUES or text.count('"') - text.count('\\"') > 2 * MOST_VALUES:
        raise _wrong(f"it holds more than {MOST_VALUES:,} values")
    try:
        said = _DECODER.decode(text)
    except RecursionError as refusal:
        raise _wrong(f"it nests more than {DEEPEST} deep") from refusal
    except ValueError as refusal:
        raise _wrong(f"it is no JSON ({str(refusal)[:100]})") from refusal
    if text.count("[") + text.count("{") > DEEPEST and _depth_over(said, DEEPEST):
        raise _wrong(f"it nests more than {DEEPEST} deep")
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) != len(pairs):
        seen = set[str]()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _Refused(f"the key {twice[:40]!r} stands twice in one object")
    return said


def _no_number(word: str) -> Any:
    raise _Refused(f"{word} is no number")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)


def _depth_over(said: Any, most: int) -> bool:
    level = [said]
    for _ in range(most + 1):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _wrong(what: str) -> CardError:
    return CardError(f"{what}.", "Nothing was taken from it.", "Mend it, or export it again.")
