"""How JSON is stored: as UTF-8. Django escapes Cyrillic to six bytes a letter."""

from __future__ import annotations

import json
from typing import Any


class Utf8Json(json.JSONEncoder):
    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"ensure_ascii": False, "separators": (",", ":")}))
