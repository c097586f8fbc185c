"""Preparing the newsroom in a process of its own: it needs Django, and we keep running without it.

`python -m dateline.config.running.prepared DATA` calls `dateline.config.prepare.prepare` and prints one JSON object:
what it returned, or the refusal in its parts.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError, NewsroomError


@dataclass(frozen=True, slots=True)
class Told:
    """What a prepared newsroom tells its runner.

    Args:
        languages: tags of the fronts, the default one first.
        sign_in: name and password of the desk's first editor, only in the run that made them.
    """

    languages: tuple[str, ...] = ()
    sign_in: tuple[str, str] | None = field(default=None, repr=False)


def read_told(text: bytes, data: Path) -> Told:
    """What the preparing process printed.

    Raises:
        NewsroomError: it refused, with its own parts, or ended without saying why.
    """
    try:
        told = json.loads(text)
    except ValueError as error:
        raise NewsroomError(
            "The newsroom could not be prepared: the reason stands above.",
            "What was there before is untouched or will be finished by the next run.",
            "Mend what is named above, then run again; `dateline health` looks at the folder.",
            subject=str(data),
        ) from error
    if "happened" in told:
        raise NewsroomError(told["happened"], told["kept"], told["next"], subject=told.get("subject", ""))
    sign_in = told.get("sign_in")
    return Told(tuple(told.get("languages", ())), (sign_in[0], sign_in[1]) if sign_in else None)


def prepare_and_tell(data: Path) -> dict[str, Any]:
    """Prepare, and give what is to be printed."""
    from dateline.config.prepare import prepare  # loads Django

    try:
        prepared = prepare(data)
    except DatelineError as refusal:
        return refusal.as_dict()
    return {"languages": list(prepared.languages), "sign_in": prepared.sign_in}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prepare_and_tell(Path(sys.argv[1]))))
