"""A newsroom being run: real processes, ended, killed and refused."""

import contextlib
import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.config.driving import DEADLINE_S, HERE, answers, ask, free_port, start, stop, until
from tests.press.serving.simulated import put


@dataclass
class Run:
    """One run of the newsroom in `folder`, as a person at the terminal sees it."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def said(self) -> str:
        return (self.folder / "run.log").read_text()

    def is_up(self) -> bool:
        return "Dateline is running" in self.said() and (self.folder / "press.pids").exists()

    def presses(self) -> list[int]:
        return [int(line.split()[0]) for line in (self.folder / "press.pids").read_text().splitlines()]

    def children(self) -> list[int]:
        text = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in text.split()]

    def web(self) -> int:
        return next(pid for pid in self.children() if pid not in self.presses())


@contextlib.contextmanager
def running(folder: Path, *, ready: bool = True, port: int | None = None) -> Iterator[Run]:
    port = port or free_port()
    arguments = [str(HERE / "simulated_parts.py"), "run", str(folder / "newsroom"), str(port)]
    run = Run(folder, port, start(arguments, folder / "run.log", DATELINE_TEST_FOLDER=str(folder)))
    try:
        if ready:
            until(lambda: run.is_up() or run.process.poll() is not None, "the newsroom runs")
            assert run.process.poll() is None, run.said()
        yield run
    finally:
        stop(run.process)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def is_gone(pid: int) -> bool:
    try:
        return not is_alive(pid)
    except FileNotFoundError:
        return True


def test_a_run_tells_its_addresses_and_the_first_sign_in_once(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        assert ask(run.port, "/")[2] == b"front"
        assert ask(run.port, "/desk/x")[0] == 200
        for told in (f"http://127.0.0.1:{run.port}/be/", f"http://127.0.0.1:{run.port}/desk/", "chief", "only-once"):
            assert run.said().count(told) == 1
        _, rooms, data = (tmp_path / "press.pids").read_text().split()
        assert (rooms, data) == ("press", str(tmp_path / "newsroom"))


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_run_ends_in_order_when_asked(tmp_path: Path, ending: signal.Signals) -> None:
    with running(tmp_path) as run:
        children = run.children()
        run.process.send_signal(ending)
        run.process.send_signal(ending)  # `timeout` and `make` send two where one was meant
        assert run.process.wait(DEADLINE_S) == 0, run.said()
        assert (tmp_path / "press.done").exists(), "the press finished what it did"
        assert all(is_gone(pid) for pid in children)
        assert not answers(run.port)
        assert "Traceback" not in run.said()


def test_what_is_being_answered_is_answered_before_the_end(tmp_path: Path) -> None:
    with running(tmp_path) as run, ThreadPoolExecutor() as editors:
        editor = editors.submit(ask, run.port, "/desk/wait")
        until((tmp_path / "in-hand").exists, "the editor's request is in hand")
        run.process.send_signal(signal.SIGTERM)
        until(lambda: (tmp_path / "press.done").exists(), "the end has begun")
        (tmp_path / "released").touch()
        assert editor.result()[0] == 200
        assert run.process.wait(DEADLINE_S) == 0


def test_a_client_that_never_finishes_does_not_keep_a_run_from_ending(tmp_path: Path) -> None:
    with running(tmp_path) as run, socket.create_connection(("127.0.0.1", run.port)) as line:
        line.sendall(b"POST /desk/x HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhalf")
        assert ask(run.port, "/")[0] == 200
        run.process.send_signal(signal.SIGTERM)
        assert run.process.wait(DEADLINE_S) == 0, run.said()
        assert "killed" not in run.said()


def test_a_second_run_on_the_same_folder_is_refused_and_says_who_has_it(tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    with running(tmp_path) as run:
        arguments = [str(HERE / "simulated_parts.py"), "run", str(tmp_path / "newsroom"), str(free_port())]
        process = start(arguments, second / "run.log", DATELINE_TEST_FOLDER=str(second))
        assert process.wait(DEADLINE_S) == 1
        refusal = json.loads((second / "run.log").read_text())
        assert refusal["code"] == "config.newsroom"
        assert f"process {run.process.pid}" in refusal["happened"]
        assert refusal["kept"]
        assert f"kill {run.process.pid}" in refusal["next"]
        assert ask(run.port, "/")[0] == 200


def test_a_newsroom_can_run_again_after_its_end(tmp_path: Path) -> None:
    for _ in range(2):
        with running(tmp_path) as run:
            assert stop(run.process) == 0
        (tmp_path / "run.log").unlink()
        (tmp_path / "press.pids").unlink()


def test_a_taken_port_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with running(tmp_path, ready=False, port=port) as run:
            assert run.process.wait(DEADLINE_S) == 1
    refusal = json.loads(run.said())
    assert f"Port {port}" in refusal["happened"]
    assert f"--port {port + 1}" in refusal["next"] or port == 65535
    assert [path.name for path in (tmp_path / "newsroom").iterdir()] == ["run.lock"]


def test_a_press_that_dies_is_started_again(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        os.kill(run.presses()[0], signal.SIGKILL)
        until(lambda: len(run.presses()) == 2, "the press is back")
        assert "The press process was ended by SIGKILL; it is started again in 0.2 s." in run.said()
        assert ask(run.port, "/")[0] == 200
        assert stop(run.process) == 0


def test_a_web_process_that_dies_is_started_again(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        web = run.web()
        os.kill(web, signal.SIGKILL)
        until(lambda: "The web process was ended by SIGKILL" in run.said(), "its end is told")
        until(lambda: answers(run.port), "readers are served again")
        assert ask(run.port, "/")[2] == b"front"
        assert ask(run.port, "/desk/x")[0] == 200, "the gate stays open"
        assert stop(run.process) == 0


def test_children_do_not_outlive_a_run_that_is_killed(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        children = run.children()
        run.process.kill()
        run.process.wait(DEADLINE_S)
        until(lambda: all(is_gone(pid) for pid in children), "nobody is left")


def test_a_child_that_will_not_end_is_killed_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "stubborn").touch()
    with running(tmp_path) as run:
        children = run.children()
        run.process.send_signal(signal.SIGTERM)
        assert run.process.wait(DEADLINE_S) == 1
        assert "The press process did not end in time and was killed." in run.said()
        assert all(is_gone(pid) for pid in children)


def test_a_refused_preparing_is_told_in_its_own_three_parts(tmp_path: Path) -> None:
    (tmp_path / "refuse").touch()
    with running(tmp_path, ready=False) as run:
        assert run.process.wait(DEADLINE_S) == 1
    refusal = json.loads(run.said())
    assert (refusal["subject"], refusal["happened"], refusal["next"]) == ("newsroom.toml", "No.", "Ask.")
    assert not (tmp_path / "press.pids").exists()


def test_a_preparing_that_fails_is_our_fault_and_said_so(tmp_path: Path) -> None:
    (tmp_path / "crash").touch()
    with running(tmp_path, ready=False) as run:
        assert run.process.wait(DEADLINE_S) == 1
    assert "a fault of ours" in run.said()
    assert "could not be prepared" in run.said()


def test_a_newsroom_that_was_there_is_read_while_it_is_prepared(tmp_path: Path) -> None:
    put(tmp_path / "newsroom" / "public", "index.html", b"yesterday")
    (tmp_path / "hold").touch()
    with running(tmp_path, ready=False) as run, ThreadPoolExecutor() as editors:
        until(lambda: answers(run.port), "readers are served")
        assert ask(run.port, "/")[2] == b"yesterday"
        editor = editors.submit(ask, run.port, "/desk/x")
        assert not (tmp_path / "press.pids").exists(), "the press waits for the preparing"
        (tmp_path / "go").touch()
        assert editor.result()[0] == 200
        until(run.is_up, "the newsroom runs")


def test_a_run_can_be_ended_while_it_is_prepared(tmp_path: Path) -> None:
    put(tmp_path / "newsroom" / "public", "index.html", b"yesterday")
    (tmp_path / "hold").touch()
    with running(tmp_path, ready=False) as run:
        until(lambda: answers(run.port), "readers are served")
        run.process.send_signal(signal.SIGTERM)
        assert run.process.wait(DEADLINE_S) == 0
        assert "Traceback" not in run.said()
