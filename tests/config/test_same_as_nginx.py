"""A reader gets the same from our server and from nginx with the configuration that we print."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.config import nginx as simulated
from tests.config.driving import Answer, ask, shout, web
from tests.config.nginx import ABSENT, PROGRAM, nginx
from tests.press.serving.simulated import CSP, EVERY_FILE, put, remove, small_tree

from dateline.config.running.prefixes import DYNAMIC
from dateline.press.serving.nginx import nginx_configuration
from dateline.press.serving.site_wanted import SiteWanted

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=ABSENT)

STORY = "/en/2026/11/22/bridge-opens/"
OF_EACH_SERVER = {"date", "server", "connection", "keep-alive", "etag", "transfer-encoding", "accept-ranges"}
"""Headers that may differ: nginx makes its tag of time and size, and can send ranges, which we leave out."""

Ports = tuple[int, int]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("newsroom")
    small_tree(data / "public")
    put(data, "secret.txt", b"outside of the tree")
    return data


@pytest.fixture(scope="module")
def ports(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    with web(data) as ours:

        def configure(listen: str) -> str:
            wanted = SiteWanted(str(data / "public"), "_", f"http://127.0.0.1:{ours}", DYNAMIC, CSP, listen)
            return nginx_configuration(wanted)

        with nginx(tmp_path_factory.mktemp("nginx"), configure) as theirs:
            yield ours, theirs


def told(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = answer
    kept = [(name, value) for name, value in headers if name not in OF_EACH_SERVER]
    assert len(kept) == len(dict(kept)), "no header twice"
    return status, dict(kept), body


def assert_same(ports: Ports, path: str, method: str = "GET", **headers: str) -> int:
    ours, theirs = (told(ask(port, path, method, **headers)) for port in ports)
    assert theirs == ours
    return ours[0]


@pytest.mark.parametrize("encoding", ["gzip", "identity", "gzip;q=0"])
@pytest.mark.parametrize("name", EVERY_FILE)
def test_every_file_has_the_same_type_headers_and_bytes(ports: Ports, name: str, encoding: str) -> None:
    assert assert_same(ports, f"/{name}", Accept_Encoding=encoding) == 200
    assert assert_same(ports, f"/{name}", "HEAD", Accept_Encoding=encoding) == 200


@pytest.mark.parametrize(
    "path",
    [
        "/en/nothing/",
        "/be-Latn/x",
        "/ru/x/",
        "/x",
        "/media/nothing.webp",
        "/lists/none",
        "/en/none/feed.xml",
        "/media/",
    ],
)
def test_what_is_not_there_is_not_found_alike(ports: Ports, path: str) -> None:
    assert assert_same(ports, path, Accept_Encoding="gzip") == 404
    assert assert_same(ports, path, "HEAD") == 404


@pytest.mark.parametrize(
    "path", ["/en/feed.xml.gz", "/en/feed.xml.br", "/.git/config", "/.hidden", "/%2e%2e/secret.txt"]
)
def test_what_is_refused_is_refused_alike(ports: Ports, path: str) -> None:
    for port in ports:
        status, _, body = ask(port, path)
        assert 400 <= status < 500
        assert b"outside" not in body


def test_a_page_and_its_folder_are_found_alike(ports: Ports) -> None:
    assert assert_same(ports, STORY, Accept_Encoding="gzip") == 200
    assert assert_same(ports, "/") == 200
    for port in ports:
        status, headers, _ = ask(port, STORY.rstrip("/"))
        assert (status, dict(headers)["location"]) == (301, STORY)


def test_an_unchanged_page_is_a_304_alike(ports: Ports) -> None:
    for port in ports:
        etag = dict(ask(port, STORY)[1])["etag"]
        status, headers, body = ask(port, STORY, If_None_Match=etag)
        assert (status, body) == (304, b"")
        # nginx repeats no Vary on a 304; a cache keeps the one it has (RFC 9111 3.2)
        assert {name for name, _ in headers} - OF_EACH_SERVER - {"vary"} == {"cache-control"}
        request = f"GET {STORY} HTTP/1.1\r\nHost: x\r\nIf-None-Match: {etag}\r\nConnection: close\r\n\r\n"
        assert len(shout(port, request.encode())) <= 300


def test_a_file_can_only_be_read_alike(ports: Ports) -> None:
    for port in ports:
        for path in ("/en/feed.xml", STORY, "/robots.txt"):
            assert ask(port, path, "POST", b"x")[0] == 405


def test_a_kill_is_a_kill_alike(data: Path, ports: Ports) -> None:
    path = "/en/2026/11/23/x/"
    put(data / "public", "en/2026/11/23/x/index.html", b"first")
    assert assert_same(ports, path, Accept_Encoding="gzip") == 200
    (data / "public" / "en/2026/11/23/x/index.html").unlink()
    assert assert_same(ports, path, Accept_Encoding="gzip") == 404
    remove(data / "public", "en/2026/11/23/x/index.html")


def test_what_is_dynamic_arrives_through_nginx_and_no_address_with_it(ports: Ports) -> None:
    for port in ports:
        status, headers, body = ask(port, "/desk/x?a=b", "POST", b"form", Cookie="s=1")
        assert (status, json.loads(body)["body"], json.loads(body)["HTTP_COOKIE"]) == (200, "form", "s=1")
        assert [value for name, value in headers if name == "set-cookie"] == ["a=1", "b=2"]
        assert len([name for name, _ in headers if name == "referrer-policy"]) == 1
    assert ask(ports[1], "/desk/x", X_Forwarded_For="192.0.2.1")[2].count(b"192.0.2.1") == 0
    assert assert_same(ports, "/search?q=x") == 200
    assert ask(ports[1], "/desk/feed.xml")[0] == 200, "a file's name does not make it a file"


def test_old_addresses_are_asked_about_through_nginx(ports: Ports) -> None:
    status, headers, _ = ask(ports[1], "/old/", Cookie="s=1")
    assert (status, dict(headers)["location"]) == (301, "/en/")
    assert "set-cookie" not in dict(headers)
    assert ask(ports[1], "/gone/")[0] == 410


def test_readers_are_served_by_nginx_while_the_newsroom_is_down(data: Path, tmp_path: Path) -> None:
    def configure(listen: str) -> str:
        return nginx_configuration(SiteWanted(str(data / "public"), "_", "http://127.0.0.1:9", DYNAMIC, CSP, listen))

    with nginx(tmp_path, configure) as port:
        assert ask(port, STORY)[0] == 200
        status, _, body = ask(port, "/en/nothing/")
        assert (status, body) == (404, (data / "public/en/404.html").read_bytes())


def test_nginx_accepts_the_configuration_as_printed(data: Path, tmp_path: Path) -> None:
    wanted = SiteWanted(str(data / "public"), "agency.example *.agency.example", "http://[::1]:8000", DYNAMIC, CSP)
    command = simulated.write(tmp_path, nginx_configuration(wanted))
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr
