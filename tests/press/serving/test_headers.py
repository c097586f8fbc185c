import pytest

from dateline.press.serving.headers import FOR_EVER, REVALIDATE, kind_of, readers_csp, strict_headers


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("en/2026/11/22/slug/index.html", "text/html; charset=utf-8"),
        ("en/feed.xml", "application/rss+xml"),
        ("en/politics/atom.xml", "application/atom+xml"),
        ("en/feed.json", "application/feed+json"),
        ("feeds.opml", "text/x-opml; charset=utf-8"),
        ("sitemap.xml", "application/xml"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("media/a-720.webp", "image/webp"),
        ("media/a.jpg", "image/jpeg"),
        ("media/a.avif", "image/avif"),
        ("media/a.svg", "image/svg+xml"),
        ("HEAD", "text/plain; charset=utf-8"),
        ("HEAD.minisig", "text/plain; charset=utf-8"),
        ("lists/2026-11.json", "text/plain; charset=utf-8"),
        ("en/xfeed.xml", "application/xml"),
        ("edition.zim", "application/x-openzim"),
        ("edition.unknown", "application/octet-stream"),
        ("folder.html/plain", "application/octet-stream"),
    ],
)
def test_each_name_has_its_type(name: str, content_type: str) -> None:
    assert kind_of(name).content_type == content_type


def test_pictures_are_kept_for_ever_and_copy_is_asked_for_each_time() -> None:
    assert kind_of("media/a-720.webp").cache_control == FOR_EVER
    for name in ("index.html", "en/feed.xml", "HEAD", "lists/x", "mediation/index.html"):
        assert kind_of(name).cache_control == REVALIDATE


def test_the_policy_allows_nothing_but_what_pages_use() -> None:
    policy = readers_csp("sha256-abc=")
    assert policy.startswith("default-src 'none'; style-src 'sha256-abc='; ")
    assert "unsafe" not in policy
    assert "script" not in policy
    assert "*" not in policy


def test_the_strict_headers_are_all_there_once() -> None:
    names = [name for name, _ in strict_headers("x")]
    assert len(names) == len(set(names))
    assert {"content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy"} <= set(names)
    assert "set-cookie" not in names
