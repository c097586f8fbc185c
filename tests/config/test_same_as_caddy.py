"""The Caddyfile that we print: its rules, and where Caddy is installed the same answers as ours."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.config.driving import Answer, answers, ask, free_port, stop, until, web
from tests.press.serving.simulated import CSP, EVERY_FILE, put, small_tree

from dateline.config.running.prefixes import DYNAMIC
from dateline.press.serving.caddy import caddy_configuration
from dateline.press.serving.headers import BY_NAME, BY_SUFFIX, strict_headers
from dateline.press.serving.site_wanted import SiteWanted

PROGRAM = shutil.which("caddy")
needs_caddy = pytest.mark.skipif(
    PROGRAM is None, reason="Caddy is not installed: our configuration was not run through it"
)

STORY = "/en/2026/11/22/bridge-opens/"
OF_EACH_SERVER = {
    "date",
    "server",
    "connection",
    "keep-alive",
    "etag",
    "accept-ranges",
    "transfer-encoding",
    "content-length",
    "vary",
}
"""Headers that may differ: Caddy streams compressed files, and says Vary only of those."""
GLOBAL = "{\n\tadmin off\n\tauto_https off\n}\n"


def site(public: Path, proxy: str = "http://127.0.0.1:8000") -> SiteWanted:
    return SiteWanted(str(public), "agency.example", proxy, DYNAMIC, CSP)


def test_every_type_and_header_of_the_tables_is_in_it(tmp_path: Path) -> None:
    text = caddy_configuration(site(tmp_path))
    for kind in (*BY_NAME.values(), *BY_SUFFIX.values()):
        assert f'Content-Type "{kind}"' in text
    for _, value in strict_headers(CSP):
        assert f'"{value}"' in text
    for prefix in DYNAMIC:
        assert f" {prefix} {prefix}/*" in text
    assert "X-Forwarded-For" in text
    assert "log" not in [line.strip() for line in text.splitlines()], "no access log"


@contextlib.contextmanager
def caddy(folder: Path, wanted: SiteWanted) -> Iterator[int]:
    port = free_port()
    named = f"http://:{port}"
    text = caddy_configuration(wanted).replace("agency.example {", f"{named} {{\n\tbind 127.0.0.1")
    (folder / "Caddyfile").write_text(GLOBAL + text)
    env = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "caddy.log").open("wb") as log:
        command = [str(PROGRAM), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        until(lambda: answers(port) or process.poll() is not None, "Caddy listens")
        assert process.poll() is None, (folder / "caddy.log").read_text()
        yield port
    finally:
        stop(process)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("newsroom")
    small_tree(data / "public")
    put(data / "public", ".hidden", b"outside")
    return data


@pytest.fixture(scope="module")
def ports(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    with (
        web(data) as ours,
        caddy(tmp_path_factory.mktemp("caddy"), site(data / "public", f"http://127.0.0.1:{ours}")) as theirs,
    ):
        yield ours, theirs


def told(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = answer
    return status, {name: value for name, value in headers if name not in OF_EACH_SERVER}, body


@needs_caddy
@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("name", EVERY_FILE)
def test_every_file_has_the_same_type_headers_and_bytes(ports: tuple[int, int], name: str, encoding: str) -> None:
    path = f"/{name.removesuffix('index.html')}"  # Caddy redirects an index file to its folder
    ours, theirs = (told(ask(port, path, Accept_Encoding=encoding)) for port in ports)
    assert theirs == ours


@needs_caddy
@pytest.mark.parametrize(
    "path", ["/en/nothing/", "/be-Latn/x", "/ru/x/", "/media/none.webp", "/media/", "/en/none/feed.xml"]
)
def test_what_is_not_there_is_not_found_alike(ports: tuple[int, int], path: str) -> None:
    ours, theirs = (told(ask(port, path)) for port in ports)
    assert theirs == ours
    assert ours[0] == 404


@needs_caddy
def test_what_is_refused_dynamic_or_old_goes_the_same_way(ports: tuple[int, int]) -> None:
    for port in ports:
        assert ask(port, "/en/feed.xml.gz")[0] == 404
        assert ask(port, "/.hidden")[0] == 404
        assert ask(port, STORY, "POST", b"x")[0] == 405
        assert ask(port, "/desk/x", "POST", b"form")[0] == 200
        assert ask(port, "/old/")[0] == 301
        assert ask(port, "/gone/")[0] == 410
        assert dict(ask(port, STORY.rstrip("/"))[1])["location"].endswith(
            STORY.rpartition("/")[0].rpartition("/")[2] + "/"
        )
