"""Which encoding a client takes, and whether it already has the bytes. Pure: header texts in, decisions out."""

from __future__ import annotations

from functools import lru_cache

IDENTITY = "identity"
SUFFIXES = {"br": ".br", "gzip": ".gz", IDENTITY: ""}
"""Content coding → what the press adds to the file's name. The order is ours where the client likes two the same."""

HEADER_MAX = 512
"""Longer Accept-Encoding and If-None-Match headers (characters) are read as if absent: no browser sends them."""

_LEAST = 0.0001
Weights = dict[str, float]


@lru_cache(maxsize=256)
def accepted(header: str) -> tuple[str, ...]:
    """The codings to try, best first; always ends with something that exists for every file.

    Args:
        header: the value of Accept-Encoding, "" where absent.

    Returns:
        Some of "br", "gzip", "identity". Identity is always among them: where a client refuses everything we have we
        send the plain bytes rather than a 406, which RFC 9110 12.5.3 leaves open.
    """
    weights = _weights(header) if len(header) <= HEADER_MAX else {}
    weights.setdefault(IDENTITY, _LEAST)  # RFC 9110 12.5.3 rule 2: acceptable unless excluded
    liked = [coding for coding in SUFFIXES if weights.get(coding, weights.get("*", 0.0)) > 0]
    ordered = sorted(liked, key=lambda coding: -weights.get(coding, weights.get("*", 0.0)))
    return tuple(ordered) if IDENTITY in ordered else (*ordered, IDENTITY)


def _weights(header: str) -> Weights:
    weights: Weights = {}
    for part in header.lower().split(","):
        coding, _, parameter = part.partition(";")
        name = coding.strip()
        weights["gzip" if name == "x-gzip" else name] = _weight(parameter)  # RFC 9110 8.4.1.3: x-gzip is gzip
    weights.pop("", None)
    return weights


def _weight(parameter: str) -> float:
    """RFC 9110 12.4.2: `q=` from 0 to 1, absent = 1. What we cannot read is taken as "not wanted"."""
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0


def has_already(header: str, etag: str) -> bool:
    """If-None-Match says the client holds this representation.

    Args:
        header: the value of If-None-Match.
        etag: ours, strong, with its quotes.

    Source: RFC 9110 13.1.2: weak comparison, a list, or `*` for "any that exists".
    """
    if header == etag or header == "*":
        return True
    if len(header) > HEADER_MAX or etag not in header:
        return False
    return any(part.strip().removeprefix("W/") == etag for part in header.split(","))
