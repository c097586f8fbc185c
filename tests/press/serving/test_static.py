import gzip
from pathlib import Path

import pytest
from tests.press.serving.simulated import CSP, EVERY_FILE, ask, put, remove, small_tree

from dateline.press.serving.headers import kind_of, strict_headers
from dateline.press.serving.static import StaticTree

STORY = "/en/2026/11/22/bridge-opens/"
STORY_FILE = "en/2026/11/22/bridge-opens/index.html"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_tree(tmp_path / "public")


@pytest.fixture
def tree(root: Path) -> StaticTree:
    return StaticTree(root, CSP)


@pytest.mark.parametrize("name", EVERY_FILE)
def test_every_file_carries_its_type_and_the_strict_headers_and_no_cookie(
    tree: StaticTree, root: Path, name: str
) -> None:
    answer = ask(tree, f"/{name}")
    assert answer.status == 200
    assert answer.body == (root / name).read_bytes()
    assert answer.headers["content-type"] == kind_of(name).content_type
    assert answer.headers["content-length"] == str(len(answer.body))
    assert set(strict_headers(CSP)) <= set(answer.headers.items())
    assert "set-cookie" not in answer.headers
    assert answer.headers["server"] == ""


def test_a_reader_gets_the_smallest_form_the_browser_takes(tree: StaticTree, root: Path) -> None:
    plain = (root / STORY_FILE).read_bytes()
    brotli = ask(tree, STORY, accept_encoding="gzip, br")
    packed = ask(tree, STORY, accept_encoding="gzip")
    assert (brotli.body, brotli.headers["content-encoding"]) == (b"br:" + plain, "br")
    assert (gzip.decompress(packed.body), packed.headers["content-encoding"]) == (plain, "gzip")
    assert ask(tree, STORY).body == plain
    assert len({answer.headers["etag"] for answer in (brotli, packed, ask(tree, STORY))}) == 3
    assert {answer.headers["vary"] for answer in (brotli, packed, ask(tree, STORY))} == {"Accept-Encoding"}


def test_a_picture_is_sent_as_it_is(tree: StaticTree) -> None:
    answer = ask(tree, "/media/ab12-720.webp", accept_encoding="br, gzip")
    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers
    assert "immutable" in answer.headers["cache-control"]


def test_a_reader_who_has_the_page_gets_no_bytes(tree: StaticTree) -> None:
    first = ask(tree, STORY, accept_encoding="br")
    again = ask(tree, STORY, accept_encoding="br", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert again.headers["vary"] == first.headers["vary"]
    assert ask(tree, STORY, accept_encoding="gzip", if_none_match=first.headers["etag"]).status == 200


def test_the_same_bytes_have_the_same_tag_on_every_host(tmp_path: Path) -> None:
    trees = [StaticTree(small_tree(tmp_path / host), CSP) for host in ("one", "two")]
    assert len({ask(tree, STORY).headers["etag"] for tree in trees}) == 1


def test_head_says_what_get_would_send(tree: StaticTree) -> None:
    for path in (STORY, "/en", "/nothing"):
        head, get = ask(tree, path, "HEAD"), ask(tree, path)
        assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"])
def test_a_file_can_only_be_read(tree: StaticTree, method: str) -> None:
    for path in (STORY, "/en"):
        answer = ask(tree, path, method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_folder_without_its_slash_is_redirected_to_itself(tree: StaticTree) -> None:
    answer = ask(tree, "/en/2026/11/22/bridge-opens", host="evil.example")
    assert (answer.status, answer.headers["location"]) == (301, STORY)


def test_a_folder_without_a_page_is_not_found(tree: StaticTree) -> None:
    for path in ("/media", "/media/", "/en/2026"):
        assert ask(tree, path).status == 404


def test_not_found_is_said_in_the_readers_language(tree: StaticTree, root: Path) -> None:
    cases = {"/en/x/": "en/404.html", "/be-Latn/x": "be-Latn/404.html", "/ru/x": "404.html", "/x": "404.html"}
    for path, page in cases.items():
        answer = ask(tree, path)
        assert (answer.status, answer.body) == (404, (root / page).read_bytes())
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "etag" not in answer.headers


def test_without_any_page_not_found_is_one_plain_line(tmp_path: Path) -> None:
    answer = ask(StaticTree(tmp_path / "not-made-yet", CSP), "/")
    assert (answer.status, answer.body) == (404, b"Not found.\n")
    assert set(strict_headers(CSP)) <= set(answer.headers.items())


def test_a_killed_story_is_gone_from_the_next_request_on(tree: StaticTree, root: Path) -> None:
    assert ask(tree, STORY, accept_encoding="br").status == 200
    remove(root, STORY_FILE)
    assert ask(tree, STORY, accept_encoding="br").status == 404
    assert ask(tree, STORY.rstrip("/")).status == 404


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_a_kill_that_has_only_removed_the_page_is_a_kill(tree: StaticTree, root: Path, encoding: str) -> None:
    ask(tree, STORY, accept_encoding=encoding)
    (root / STORY_FILE).unlink()
    assert ask(tree, STORY, accept_encoding=encoding).status == 404


def test_a_corrected_story_is_served_from_the_next_request_on(tree: StaticTree, root: Path) -> None:
    before = ask(tree, STORY, accept_encoding="br")
    put(root, STORY_FILE, b"corrected")
    after = ask(tree, STORY, accept_encoding="br", if_none_match=before.headers["etag"])
    assert (after.status, after.body) == (200, b"br:corrected")


def test_a_page_whose_encodings_come_later_is_served_plain_until_then(tree: StaticTree, root: Path) -> None:
    put(root, "en/new/index.html", b"new", packed=False)
    assert "content-encoding" not in ask(tree, "/en/new/", accept_encoding="br").headers
    put(root, "en/new/index.html", b"new")
    assert ask(tree, "/en/new/", accept_encoding="br").headers["content-encoding"] == "br"


def test_the_budget_of_an_unchanged_page_is_300_bytes(tree: StaticTree) -> None:
    etag = ask(tree, STORY).headers["etag"]
    answer = ask(tree, STORY, if_none_match=etag)
    lines = [f"{name}: {value}\r\n" for name, value in answer.headers.items()]
    date = "date: Sun, 22 Nov 2026 16:00:00 GMT\r\n"
    assert len("HTTP/1.1 304 Not Modified\r\n" + "".join(lines) + date + "\r\n") <= 300
