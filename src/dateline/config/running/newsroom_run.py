"""One run of a newsroom: lock it, prepare it, start web and press, tell the addresses, keep both until the end.

A newsroom that was there before is served from its `public/` while it is being prepared: reading needs nothing of that.
Django is loaded in the web process only when the preparing is done (the gate, see lazy_django.py).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dateline.config.running.children import Child, ChildPlan
from dateline.config.running.lock import run_lock
from dateline.config.running.port import address_of, is_listening, refuse_taken_port
from dateline.config.running.prepared import Told, read_told
from dateline.config.running.signals import watched_signals
from dateline.config.running.supervisor import Supervisor

LISTENING_MAX_S = 30.0
FRONT_MAX_S = 10.0
"""How long a first run waits for the press to have put up a front page before it tells the addresses."""

LOOK_EVERY_S = 0.05
PREPARING_MAX_S = 3600.0
"""A large newsroom's migrations may take long; this ends only one that hangs."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """The command lines of the three processes, without what a run adds to them."""

    preparing: tuple[str, ...] = (sys.executable, "-m", "dateline.config.running.prepared")
    web: tuple[str, ...] = (sys.executable, "-m", "dateline.config.rsgi")
    press: tuple[str, ...] = (sys.executable, "-m", "dateline.press.worker")


@dataclass(frozen=True, slots=True)
class RunWanted:
    """What was asked for. `data` is the newsroom's folder."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    access_log: bool = False
    parts: Parts = Parts()


def run_newsroom(wanted: RunWanted, say: Say) -> int:
    """Run until SIGTERM or SIGINT.

    Returns:
        0 when all children ended by themselves, 1 when one had to be killed.

    Raises:
        NewsroomError: the folder is in use or unusable, the port is taken, or the preparing was refused.
    """
    with run_lock(wanted.data) as lock, watched_signals() as signals:
        refuse_taken_port(wanted.host, wanted.port)
        supervisor = Supervisor(signals, say)
        try:
            _start_and_keep(wanted, supervisor, lock, say)
        finally:
            ended_well = supervisor.end()
        return 0 if ended_well else 1


def _start_and_keep(wanted: RunWanted, supervisor: Supervisor, lock: int, say: Say) -> None:
    gate, opener = os.pipe()  # neither is inherited unless handed over
    web = Child(_web_plan(wanted, lock, gate))
    was_there = (wanted.data / "public").is_dir()
    if was_there:
        supervisor.start(web)
    told = _prepare(wanted, supervisor)
    os.close(opener)
    if told is None:
        return
    if not was_there:
        supervisor.start(web)
    supervisor.start(Child(_plan("press", wanted.parts.press, wanted, (lock,), {"DATELINE_ROOMS": "press"})))
    supervisor.wait_for((wanted.data / "public" / "index.html").exists, FRONT_MAX_S, LOOK_EVERY_S)
    if supervisor.wait_for(lambda: is_listening(wanted.host, wanted.port), LISTENING_MAX_S, LOOK_EVERY_S):
        for line in announcement(address_of(wanted.host, wanted.port), told):
            say(line)
    supervisor.keep()


def _prepare(wanted: RunWanted, supervisor: Supervisor) -> Told | None:
    """Prepare the newsroom; None when the run was asked to end meanwhile."""
    preparing = Child(_plan("preparing", (*wanted.parts.preparing, str(wanted.data)), wanted, (), {}))
    preparing.start(time.monotonic(), stdout=subprocess.PIPE)
    process = preparing.process
    if process is None or process.stdout is None:
        return None
    supervisor.wait_for(lambda: not preparing.is_alive, PREPARING_MAX_S)
    preparing.signal(signal.SIGTERM)
    with process:
        told = process.stdout.read()
    return None if supervisor.is_ending else read_told(told, wanted.data)


def _web_plan(wanted: RunWanted, lock: int, gate: int) -> ChildPlan:
    arguments = (*wanted.parts.web, "--data", str(wanted.data), "--host", wanted.host, "--port", str(wanted.port))
    log = ("--access-log",) if wanted.access_log else ()
    return _plan("web", (*arguments, "--gate", str(gate), *log), wanted, (lock, gate), {})


def _plan(
    name: str, arguments: tuple[str, ...], wanted: RunWanted, handed: tuple[int, ...], more: dict[str, str]
) -> ChildPlan:
    env = {
        "DJANGO_SETTINGS_MODULE": "dateline.config.one",
        "MALLOC_ARENA_MAX": "2",  # glibc keeps a heap for each thread; with eight threads that is tens of MB
        **os.environ,
        "DATELINE_DATA": str(wanted.data.resolve()),
        **more,
    }
    return ChildPlan(name, arguments, env, handed)


def announcement(address: str, told: Told) -> list[str]:
    """What a person reads when the newsroom runs: where it is, and once how to sign in."""
    lines = ["Dateline is running. Ctrl-C ends it.", f"  Readers  {address}"]
    lines += [f"           {address}{language}/" for language in told.languages]
    lines.append(f"  Desk     {address}desk/")
    if told.sign_in:
        name, password = told.sign_in
        lines += [
            f"  First sign-in: name {name}, password {password}",
            "  This is shown only now. Change the password after signing in.",
        ]
    return lines
