"""Requests that somebody makes on purpose: each ends in a clear refusal, and nothing outside of the tree is served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.config.driving import ask, shout, web
from tests.press.serving.simulated import put, small_tree

SECRET = b"outside of the tree"
HOST = b"Host: x\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("newsroom")
    public = small_tree(data / "public")
    put(data, "secret.txt", SECRET)
    put(data, "outside/index.html", SECRET)
    put(public, ".hidden", SECRET)
    put(public, ".git/config", SECRET)
    (public / "link.txt").symlink_to(data / "secret.txt")
    (public / "up").symlink_to(data)
    return data


@pytest.fixture(scope="module")
def port(data: Path) -> Iterator[int]:
    with web(data) as port:
        yield port
        assert ask(port, "/en/")[0] == 200, "it still serves"
    log = (data / "web.log").read_text()
    assert "Traceback" not in log
    assert "secret" not in log


PATHS = [
    b"/../secret.txt",
    b"/..%2fsecret.txt",
    b"/%2e%2e/secret.txt",
    b"/%2e%2e%2fsecret.txt",
    b"/%252e%252e%252fsecret.txt",
    b"/en/../../secret.txt",
    b"/en/..%5c..%5csecret.txt",
    b"/..\\secret.txt",
    b"/en/%2e%2e/%2e%2e/secret.txt",
    b"/....//secret.txt",
    b"/..;/secret.txt",
    b"/./secret.txt",
    b"//secret.txt",
    b"//evil.example/",
    b"//evil.example/%2e%2e",
    b"/%2f%2fevil.example",
    b"///etc/passwd",
    b"/etc/passwd",
    b"/%00",
    b"/en/feed.xml%00.html",
    b"/en/%0d%0aSet-Cookie:%20a=1",
    b"/en%0d%0aLocation:%20http://evil.example/",
    b"/%7f",
    b"/%1b[31m",
    b"/%c0%ae%c0%ae/secret.txt",
    b"/%ff%fe",
    b"/%zz",
    b"/%",
    b"/%u002e%u002e/secret.txt",
    b"/.hidden",
    b"/.git/config",
    b"/%2ehidden",
    b"/.well-known/../.hidden",
    b"/.well-known/.hidden",
    b"/link.txt",
    b"/up/secret.txt",
    b"/up/outside/",
    b"/up/outside",
    b"/en/feed.xml.gz",
    b"/en/feed.xml.br",
    b"/en/index.html/",
    b"/en/index.html/../feed.xml",
    b"/" + b"a" * 2000,
    b"/" + b"a/" * 500,
    b"/" + b"%41" * 3000,
    b"/\xd0\xb1\xd0\xb5",
    b"/~root/",
    b"/en/?/../../secret.txt/../",
    b"http://evil.example/../secret.txt",
    b"http://evil.example//secret.txt",
    b"file:///etc/passwd",
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: repr(path[:40]))
def test_a_tricky_path_gets_a_clean_refusal(port: int, path: bytes) -> None:
    heard = shout(port, b"GET " + path + b" HTTP/1.1\r\n" + HOST)
    head = heard.partition(b"\r\n\r\n")[0].lower()
    if path.startswith(b"/en/?"):
        assert heard.startswith(b"HTTP/1.1 200 ")  # a query is no path
    else:
        assert heard[:10] == b"HTTP/1.1 4", heard[:80]
    assert SECRET not in heard
    assert b"root:" not in heard
    assert b"traceback" not in heard.lower()
    assert b"evil.example" not in head
    assert b"set-cookie" not in head
    assert b"location:" not in head


REQUESTS = {
    "huge header": b"GET / HTTP/1.1\r\nA: " + b"a" * 200_000 + b"\r\n" + HOST,
    "hundreds of headers": b"GET / HTTP/1.1\r\n" + b"".join(b"a%d: 1\r\n" % n for n in range(300)) + HOST,
    "huge line": b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HOST,
    "NUL in a header": b"GET / HTTP/1.1\r\nA: a\x00b\r\n" + HOST,
    "folded header": b"GET / HTTP/1.1\r\n a: b\r\n" + HOST,
    "space before the colon": b"GET / HTTP/1.1\r\nA : b\r\n" + HOST,
    "bare text": b"hello\r\n\r\n",
    "TLS to the wrong door": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "unknown version": b"GET / HTTP/9.9\r\n" + HOST,
    "no Host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "space in the path": b"GET /en /x HTTP/1.1\r\n" + HOST,
    "line break in the path": b"GET /en\nX: y HTTP/1.1\r\n" + HOST,
    "two lengths": b"POST /desk/ HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n" + HOST + b"aaaaaa",
    "negative length": b"POST /desk/ HTTP/1.1\r\nContent-Length: -5\r\n" + HOST,
    "too long a body": b"POST /desk/ HTTP/1.1\r\nContent-Length: 99999999999\r\n" + HOST,
    "broken chunks": b"POST /desk/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + b"zz\r\n",
    "a file written to": b"PUT /en/index.html HTTP/1.1\r\nContent-Length: 2\r\n" + HOST + b"ab",
    "a file deleted": b"DELETE /en/index.html HTTP/1.1\r\n" + HOST,
    "something posted to nothing": b"POST /nothing HTTP/1.1\r\nContent-Length: 2\r\n" + HOST + b"ab",
    "a proxy wanted": b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST,
    "options of everything": b"OPTIONS * HTTP/1.1\r\n" + HOST,
    "own method": b"BREW /en/ HTTP/1.1\r\n" + HOST,
    "authority without path": b"GET evil.example HTTP/1.1\r\n" + HOST,
}


@pytest.mark.parametrize("request_bytes", REQUESTS.values(), ids=REQUESTS.keys())
def test_a_broken_request_gets_a_clean_refusal(port: int, request_bytes: bytes) -> None:
    heard = shout(port, request_bytes)
    assert heard[:10] in {b"HTTP/1.1 4", b"HTTP/1.0 4"}, heard[:80]
    assert b"traceback" not in heard.lower()
    assert b"evil.example" not in heard


HEADERS = {
    "encoding": b"Accept-Encoding: " + b"gzip;q=0.1," * 2000,
    "encoding of nonsense": b"Accept-Encoding: ;;;=,\x80\xff",
    "tags": b"If-None-Match: " + b'"a",' * 5000,
    "smuggled host": b"X-Forwarded-Host: evil.example",
    "range": b"Range: bytes=0-18446744073709551615",
    "date": b"If-Modified-Since: Fri, 99 Foo 0001 99:99:99 GMT",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_a_hostile_header_changes_nothing_for_a_page(data: Path, port: int, header: bytes) -> None:
    heard = shout(port, b"GET /en/ HTTP/1.1\r\n" + header + b"\r\n" + HOST)
    assert heard.startswith(b"HTTP/1.1 200 ")
    assert b"evil.example" not in heard
