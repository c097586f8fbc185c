"""A worker killed again and again while a newsroom acts: `python -m tests.press.crash_drill DATA KILLS ACTS SEED`.

The worker is forked from this process, so that it is at work within milliseconds and a kill finds it anywhere in its
round. Prints one JSON object; nothing here waits for a time to pass but for work to be seen done.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dateline.config.prepare import prepare


def main(data: Path, kills: int, acts: int, seed: int) -> dict[str, object]:
    os.environ["DATELINE_PROCESSES"] = "1"
    prepare(data, rooms="press")
    from dateline.press.everything import check
    from dateline.press.pressing import progress
    from dateline.press.working import public
    from dateline.story import reads, register
    from dateline.story.models import Act, Take

    rng = random.Random(seed)  # noqa: S311 - a drill, not a secret
    drill = Drill(rng)
    worker, killed = start_worker(), 0
    for number in range(acts):
        drill.act(number)
        while killed * acts < kills * (number + 1):
            time.sleep(rng.random() * 0.04)  # the random moment; nothing is asserted of it
            os.kill(worker, signal.SIGKILL)
            _, status = os.waitpid(worker, 0)
            if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
                raise SystemExit("a worker died by itself")
            killed += 1
            worker = start_worker()
    wanted, deadline = register.last_seq(), time.monotonic() + 120
    while progress().seq < wanted and time.monotonic() < deadline and not os.waitpid(worker, os.WNOHANG)[0]:
        time.sleep(0.05)
    os.kill(worker, signal.SIGTERM)
    _, status = os.waitpid(worker, 0)
    found = check(public(), processes=1)
    takes: dict[int, list[int]] = {}
    for story, number in Take.objects.order_by("number").values_list("story_id", "number"):
        takes.setdefault(story, []).append(number)
    return {
        "kills": killed,
        "acts": Act.objects.count(),
        "done": drill.done,
        "last_seq": wanted,
        "pressed_to": progress().seq,
        "clean_end": os.waitstatus_to_exitcode(status),
        "outputs": found.outputs,
        "different": found.different,
        "missing": found.missing,
        "extra": found.extra,
        "broken_at": register.broken_at(),
        "takes_in_order": all(n == list(range(1, len(n) + 1)) for n in takes.values()),
        "wrong_tallies": reads.wrong_tallies(),
        "parts_left": sorted(p.name for p in data.glob(".public.parts-*")),
    }


def start_worker() -> int:
    from django.db import connections

    from dateline.press.working import work

    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)


class Drill:
    """Random acts on a growing set of stories; `done` counts those that were not refused."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.done = 0
        self.out: list[str] = []

    def act(self, number: int) -> None:
        from dateline.story.actions.correct import correct
        from dateline.story.actions.filing import Wishes, file_cards
        from dateline.story.actions.kill import kill, takedown
        from dateline.story.actions.update import update

        now = datetime.now(UTC)
        who = {"by": "drill", "now": now}
        choice = self.rng.random()
        if choice < 0.5 or not self.out:
            card = self._card(number)
            file_cards([card], **who, wishes=Wishes(publish=True))
            self.out.append(card.id)
        else:
            identity = self.rng.choice(self.out)
            if choice < 0.7:
                update(identity, card=self._card(number, identity), **who)
            elif choice < 0.85:
                correct(identity, note=f"Mended {number} times.", **who)
            else:
                (kill if choice < 0.95 else takedown)(identity, why="drill", **who)
                self.out.remove(identity)
        self.done += 1

    def _card(self, number: int, identity: str = ""):
        from tests import newsroom as agency

        made = self.rng.choice([agency.bridge, agency.derby, agency.ledger])(version=None)
        identity = identity or f"drill-{number}"
        return replace(
            made,
            id=identity,
            language="en",
            locked=None if "ledger" in made.id else False,
            headline=f"{made.headline} {number}",
        )


if __name__ == "__main__":
    data, kills, acts, seed = sys.argv[1:]
    print(json.dumps(main(Path(data), int(kills), int(acts), int(seed))))  # noqa: T201
