"""Stand-ins for the parts of a run: python simulated_parts.py run|preparing|press …

The folder DATELINE_TEST_FOLDER carries what tests want and what the parts did:
`refuse`, `crash`, `hold` (a preparing that waits for `go`), `stubborn` (a press that will not end), `press.pids`, `press.done`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path

HERE = str(Path(__file__).parent)
FOLDER = Path(os.environ["DATELINE_TEST_FOLDER"])
NEVER = threading.Event()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(data: Path, port: int) -> int:
    from dateline.config.running import newsroom_run, supervisor
    from dateline.errors import DatelineError

    if (FOLDER / "stubborn").exists():
        supervisor.ENDING_S = 0.5
    own = (sys.executable, __file__)
    parts = newsroom_run.Parts((*own, "preparing"), (sys.executable, f"{HERE}/simulated_web.py"), (*own, "press"))
    try:
        return newsroom_run.run_newsroom(newsroom_run.RunWanted(data, port=port, parts=parts), say)
    except DatelineError as refusal:
        say(json.dumps(refusal.as_dict()))
        return 1


def preparing(data: Path) -> int:
    if (FOLDER / "refuse").exists():
        told = {
            "code": "config.newsroom",
            "happened": "No.",
            "kept": "All.",
            "next": "Ask.",
            "subject": "newsroom.toml",
        }
        say(json.dumps(told))
        return 0
    if (FOLDER / "crash").exists():
        raise RuntimeError("a fault of ours")
    while (FOLDER / "hold").exists() and not (FOLDER / "go").exists():
        NEVER.wait(0.02)
    (data / "public" / "en").mkdir(parents=True, exist_ok=True)
    (data / "public" / "index.html").write_text("front")
    say(json.dumps({"languages": ["en", "be"], "sign_in": ["chief", "only-once"]}))
    return 0


def press() -> int:
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set() if not (FOLDER / "stubborn").exists() else None)
    with (FOLDER / "press.pids").open("a") as pids:
        pids.write(f"{os.getpid()} {os.environ['DATELINE_ROOMS']} {os.environ['DATELINE_DATA']}\n")
    while not ended.wait(0.02):
        pass
    (FOLDER / "press.done").touch()
    return 0


if __name__ == "__main__":
    part, *rest = sys.argv[1:]
    if part == "run":
        sys.exit(run(Path(rest[0]), int(rest[1])))
    sys.exit(preparing(Path(rest[0])) if part == "preparing" else press())
