"""The web process as its readers and editors meet it, over real sockets."""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.config.driving import ask, shout, until, web
from tests.press.serving.simulated import EVERY_FILE, put, remove, small_tree

from dateline.press.serving.headers import kind_of

STORY = "/en/2026/11/22/bridge-opens/"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("newsroom")
    small_tree(data / "public")
    (data / "secret.txt").write_text("outside of the tree")
    return data


@pytest.fixture(scope="module")
def port(data: Path) -> Iterator[int]:
    with web(data) as port:
        yield port


@pytest.mark.parametrize("name", EVERY_FILE)
def test_every_file_arrives_as_it_stands(data: Path, port: int, name: str) -> None:
    status, headers, body = ask(port, f"/{name}")
    assert (status, body) == (200, (data / "public" / name).read_bytes())
    told = dict(headers)
    assert told["content-type"] == kind_of(name).content_type
    assert told["server"] == ""
    assert "set-cookie" not in told
    assert len(told) == len(headers), "no header twice"


def test_a_killed_story_is_gone_and_a_corrected_one_is_new(data: Path, port: int) -> None:
    put(data / "public", "en/2026/11/23/x/index.html", b"first")
    path = "/en/2026/11/23/x/"
    assert ask(port, path, Accept_Encoding="br")[2] == b"br:first"
    put(data / "public", "en/2026/11/23/x/index.html", b"right")
    assert ask(port, path, Accept_Encoding="br")[2] == b"br:right"
    remove(data / "public", "en/2026/11/23/x/index.html")
    assert ask(port, path, Accept_Encoding="br")[0] == 404


def test_an_unchanged_page_costs_a_returning_reader_under_300_bytes(port: int) -> None:
    etag = dict(ask(port, STORY)[1])["etag"]
    request = f"GET {STORY} HTTP/1.1\r\nHost: x\r\nIf-None-Match: {etag}\r\nConnection: close\r\n\r\n"
    heard = shout(port, request.encode())
    assert heard.startswith(b"HTTP/1.1 304 ")
    assert len(heard) <= 300


def test_head_sends_the_length_and_no_body(port: int) -> None:
    status, headers, body = ask(port, STORY, "HEAD", Accept_Encoding="gzip")
    whole = ask(port, STORY, Accept_Encoding="gzip")
    assert (status, body, dict(headers)["content-length"]) == (200, b"", str(len(whole[2])))


def test_a_very_large_file_arrives_whole(data: Path, port: int) -> None:
    content = os.urandom(3 * 1024 * 1024)
    put(data / "public", "edition-large.zim", content, packed=False)
    status, headers, body = ask(port, "/edition-large.zim")
    assert (status, body, dict(headers)["content-length"]) == (200, content, str(len(content)))
    assert ask(port, "/edition-large.zim", If_None_Match=dict(headers)["etag"])[0] == 304


def test_the_desk_gets_its_request_whole_and_answers_with_its_cookies(port: int) -> None:
    status, headers, body = ask(
        port, "/desk/x%20y?a=%D0%B1", "POST", b"body of a form", Cookie="s=1", Content_Type="text/plain"
    )
    told = json.loads(body)
    assert status == 200
    assert told["REQUEST_METHOD"] == "POST"
    assert told["PATH_INFO"] == "/desk/x y"
    assert told["QUERY_STRING"] == "a=%D0%B1"
    assert told["CONTENT_LENGTH"] == "14"
    assert told["body"] == "body of a form"
    assert told["HTTP_COOKIE"] == "s=1"
    assert [value for name, value in headers if name == "set-cookie"] == ["a=1", "b=2"]
    assert ("x-content-type-options", "nosniff") in headers
    assert "content-security-policy" not in dict(headers), "the editor says its own policy"


def test_a_header_said_twice_is_joined_and_a_disguised_one_is_dropped(port: int) -> None:
    heard = shout(port, b"GET /desk/x HTTP/1.1\r\nHost: x\r\nX-Twice: 1\r\nX-Twice: 2\r\nX_Twice: 3\r\n\r\n")
    assert json.loads(heard.partition(b"\r\n\r\n")[2])["HTTP_X_TWICE"] == "1,2"


def test_a_body_without_a_length_is_refused(port: int) -> None:
    chunks = b"5\r\nhello\r\n0\r\n\r\n"
    heard = shout(port, b"POST /desk/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
    assert heard.startswith(b"HTTP/1.1 411 ")


def test_a_body_that_breaks_off_never_reaches_the_desk(port: int) -> None:
    request = b"POST /desk/x HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nonly half of it"
    assert b" 200 " not in shout(port, request, then_hang_up=True)


def test_a_large_upload_reaches_the_desk_whole(port: int) -> None:
    body = b"0123456789abcdef" * 200_000
    status, _, told = ask(port, "/desk/x", "POST", body)
    assert (status, json.loads(told)["body"].encode()) == (200, body)


def test_a_large_answer_of_the_desk_arrives_whole(port: int) -> None:
    status, headers, body = ask(port, "/desk/large")
    assert (status, len(body), dict(headers)["content-length"]) == (200, 6_553_600, "6553600")


def test_a_fault_of_the_desk_tells_nothing(data: Path, port: int) -> None:
    status, _, body = ask(port, "/desk/boom?q=private")
    assert (status, body) == (500, b"This is our fault. Try again in a moment.\n")
    log = (data / "web.log").read_text()
    assert "ValueError" in log
    for private in ("a secret of the desk", "private", "/desk/boom", "127.0.0.1"):
        assert private not in log


def test_a_readers_dynamic_page_has_the_strict_policy(port: int) -> None:
    _, headers, body = ask(port, "/search?q=x")
    assert body == b"found"
    assert dict(headers)["content-security-policy"].startswith("default-src 'none'")


def test_an_old_address_is_redirected_without_knowing_who_asks(port: int) -> None:
    status, headers, body = ask(port, "/old/", Cookie="s=1", Authorization="Bearer x")
    assert (status, dict(headers)["location"], json.loads(body)) == (301, "/en/", [None, None])
    assert "set-cookie" not in dict(headers)
    assert ask(port, "/gone/")[0] == 410


@pytest.mark.parametrize("path", ["/never/was/", "/boom/", "/desks/", "/xsearch"])
def test_an_address_that_nobody_knows_is_not_found(data: Path, port: int, path: str) -> None:
    status, headers, body = ask(port, path)
    assert (status, body) == (404, (data / "public" / "404.html").read_bytes())
    assert "set-cookie" not in dict(headers)


def test_readers_are_served_while_django_cannot_be(tmp_path: Path) -> None:
    small_tree(tmp_path / "public")
    with web(tmp_path, DATELINE_TEST_DJANGO="broken") as port:
        assert ask(port, "/desk/")[0] == 503
        assert ask(port, "/old/")[0] == 404
        assert ask(port, STORY)[0] == 200


def test_django_waits_at_the_gate_and_readers_do_not(tmp_path: Path) -> None:
    small_tree(tmp_path / "public")
    gate, opener = os.pipe()
    with web(tmp_path, "--gate", str(gate), handed=(gate,)) as port, ThreadPoolExecutor() as editors:
        editor = editors.submit(ask, port, "/desk/x")
        assert ask(port, STORY)[0] == 200
        assert not editor.done()
        os.close(opener)
        assert editor.result()[0] == 200
    os.close(gate)


def test_the_access_log_says_what_was_asked_and_never_by_whom(tmp_path: Path) -> None:
    small_tree(tmp_path / "public")
    log = tmp_path / "web.log"
    with web(tmp_path, "--access-log") as port:
        ask(port, f"{STORY}?token=abc", User_Agent="Spy/1.0", Referer="http://referer.example/")
        ask(port, "/en/a%0Ab/")
        until(lambda: log.read_text().count("\n") >= 2, "both requests are logged")
    first, second = [line for line in log.read_text().splitlines() if line.startswith("20")]
    time, method, path, status, size, took = first.split(" ")
    assert (method, path, status) == ("GET", STORY, "200")
    assert time.endswith("Z")
    assert size.isdecimal()
    assert took.endswith("ms")
    assert " /en/a%0Ab/ 404 " in second
    for private in ("127.0.0.1", "Spy", "token", "referer"):
        assert private not in log.read_text()


def test_without_being_asked_nothing_is_logged(data: Path, tmp_path: Path) -> None:
    small_tree(tmp_path / "public")
    with web(tmp_path) as port:
        ask(port, STORY)
        ask(port, "/nothing/")
    assert (tmp_path / "web.log").read_text() == ""
