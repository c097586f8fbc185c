import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.press.serving.addresses import file_name, not_found_pages, with_slash


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/en/", "en/index.html"),
        ("/en", "en"),
        ("/en/feed.xml", "en/feed.xml"),
        ("/HEAD", "HEAD"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
        ("/be/2026/11/22/мост/", "be/2026/11/22/мост/index.html"),
    ],
)
def test_a_path_names_one_file(path: str, name: str) -> None:
    assert file_name(path) == name


@pytest.mark.parametrize(
    "path",
    [
        "", "*", "en/", "//", "//evil.example/", "/en//feed.xml", "/..", "/../etc/passwd", "/en/../../etc/passwd",
        "/en/..", "/.", "/./en/", "/.git/config", "/en/.index.html.making", "/.well-known/../HEAD", "/.well-known/.x",
        "/en/.well-known/x", "/a\\b", "/..\\..\\x", "/a\x00b", "/a\nb", "/a\rb", "/a\x7fb", "/\ufffd", "/" + "a" * 1024,
        "/en/feed.xml.gz", "/en/index.html.br",
    ],
)  # fmt: skip
def test_a_tricky_path_names_nothing(path: str) -> None:
    assert file_name(path) is None


@given(st.text(alphabet="/.\\ab%\x00\n~:é", max_size=30))
def test_no_path_leads_out_of_the_tree(path: str) -> None:
    name = file_name(path)
    if name is not None:
        parts = name.split("/")
        assert ".." not in parts
        assert "." not in parts
        assert "" not in parts


def test_the_slash_is_added_without_naming_a_host() -> None:
    assert with_slash("/en") == "/en/"
    assert with_slash("/be/мост ") == "/be/%D0%BC%D0%BE%D1%81%D1%82%20/"


def test_not_found_is_said_in_the_language_of_the_path() -> None:
    assert not_found_pages("/be-Latn/x/") == ("be-Latn/404.html", "404.html")
    assert not_found_pages("/nothing") == ("404.html",)
    assert not_found_pages("/en/../..") == ("404.html",)
