"""The small parts of a run, each alone."""

import socket
from pathlib import Path

import pytest

from dateline.config.running.children import ended_how, pause_s
from dateline.config.running.lock import run_lock
from dateline.config.running.newsroom_run import announcement
from dateline.config.running.port import address_of, is_listening, refuse_taken_port
from dateline.config.running.prefixes import is_desk, is_dynamic
from dateline.config.running.prepared import Told, read_told
from dateline.errors import NewsroomError


def test_pauses_double_and_stay_bounded() -> None:
    assert [pause_s(failures) for failures in (1, 2, 3, 4)] == [0.2, 0.4, 0.8, 1.6]
    assert pause_s(1000) == 10


def test_a_childs_end_is_told_in_words() -> None:
    assert ended_how(3) == "ended with code 3"
    assert ended_how(-9) == "was ended by SIGKILL"
    assert ended_how(-250) == "was ended by signal 250"


def test_one_folder_has_one_run(tmp_path: Path) -> None:
    with run_lock(tmp_path), pytest.raises(NewsroomError) as refused, run_lock(tmp_path):
        pass
    assert refused.value.subject == str(tmp_path)
    with run_lock(tmp_path):
        pass


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "newsroom").touch()
    with pytest.raises(NewsroomError) as refused, run_lock(tmp_path / "newsroom"):
        pass
    assert "--data" in refused.value.next_step


def test_a_taken_port_names_itself_and_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert is_listening("127.0.0.1", port)
        with pytest.raises(NewsroomError) as refused:
            refuse_taken_port("127.0.0.1", port)
    assert str(port) in refused.value.happened
    assert "--port" in refused.value.next_step
    refuse_taken_port("127.0.0.1", port)
    assert not is_listening("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(NewsroomError) as refused:
        refuse_taken_port("192.0.2.1", 8000)
    assert "--host" in refused.value.next_step


def test_addresses_can_be_typed_into_a_browser() -> None:
    assert address_of("127.0.0.1", 8000) == "http://127.0.0.1:8000/"
    assert address_of("0.0.0.0", 80) == "http://127.0.0.1:80/"  # noqa: S104 - shown, not listened on
    assert address_of("::", 8000) == "http://[::1]:8000/"


@pytest.mark.parametrize(
    ("path", "dynamic", "desk"),
    [
        ("/desk", True, True),
        ("/desk/x", True, True),
        ("/desks", False, False),
        ("/search", True, False),
        ("/en/desk/", False, False),
        ("/", False, False),
    ],
)
def test_what_django_answers_is_known_by_the_first_part(path: str, dynamic: bool, desk: bool) -> None:
    assert (is_dynamic(path), is_desk(path)) == (dynamic, desk)


def test_the_sign_in_is_told_only_in_the_run_that_made_it() -> None:
    later = "\n".join(announcement("http://x/", Told(("en",))))
    assert "http://x/en/" in later
    assert "password" not in later
    assert "only-once" not in repr(Told(("en",), ("chief", "only-once")))


def test_what_the_preparing_prints_is_read_back(tmp_path: Path) -> None:
    assert read_told(b'{"languages": ["en"], "sign_in": ["chief", "x"]}', tmp_path) == Told(("en",), ("chief", "x"))
    assert read_told(b'{"languages": [], "sign_in": null}', tmp_path) == Told()
    with pytest.raises(NewsroomError):
        read_told(b"", tmp_path)
