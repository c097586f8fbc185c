"""A piece of an address from a headline, in any of our scripts."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Final

LONGEST: Final = 80
"""Characters; with the date before it an address still fits a chat line and every file system."""


@cache
def _letters(language: str) -> dict[int, str]:
    tables = tomllib.loads((resources.files("dateline.names") / "tables/slugs.toml").read_text(encoding="utf-8"))
    first, second = ("ru", "be") if language == "ru" else ("be", "ru")
    return str.maketrans(tables["any"] | tables[second] | tables[first])


@lru_cache(maxsize=4096)
def slug(text: str, language: str) -> str:
    """Small ASCII letters, digits and single hyphens, at most 80 of them, cut at a word; "" where nothing is left."""
    latin = text.lower().translate(_letters(language))
    bare = "".join(char for char in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(char))
    words = re.findall(r"[a-z0-9]+", bare.replace("'", "").replace("’", ""))
    made = "-".join(words)
    if len(made) > LONGEST:
        head, hyphen, _ = made[: LONGEST + 1].rpartition("-")
        made = head if hyphen and len(head) > LONGEST // 2 else made[:LONGEST]
    return made
