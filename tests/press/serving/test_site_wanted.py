import dataclasses

import pytest

from dateline.errors import NewsroomError
from dateline.press.serving.caddy import caddy_configuration
from dateline.press.serving.nginx import nginx_configuration
from dateline.press.serving.site_wanted import SiteWanted, spelled

GOOD = SiteWanted(
    "/srv/the newsroom/public", "agency.example", "http://127.0.0.1:8000", ("/desk",), "default-src 'none'"
)


@pytest.mark.parametrize("write", [nginx_configuration, caddy_configuration])
@pytest.mark.parametrize(
    "change",
    [
        {"public": '/srv/x"; deny all; #'},
        {"public": "/srv/$host/public"},
        {"public": "/srv/a\nb"},
        {"server_name": "a.example; return 301 http://evil.example"},
        {"server_name": ""},
        {"proxy": "http://127.0.0.1:8000/; x"},
        {"proxy": "file:///etc/passwd"},
        {"proxy": "http://user@evil.example"},
    ],
)
def test_what_would_break_out_of_a_configuration_is_refused(write, change: dict[str, str]) -> None:
    with pytest.raises(NewsroomError) as refused:
        write(dataclasses.replace(GOOD, **change))
    assert refused.value.kept == "Nothing was written."


@pytest.mark.parametrize("write", [nginx_configuration, caddy_configuration])
def test_a_configuration_names_the_tree_and_the_newsroom_and_keeps_no_readers(write) -> None:
    text = write(GOOD)
    assert '"/srv/the newsroom/public"' in text
    assert "127.0.0.1:8000" in text
    assert "X-Forwarded-For" in text
    assert text.count("{") == text.count("}")


def test_nginx_writes_no_log_of_readers() -> None:
    assert "access_log off;" in nginx_configuration(GOOD)
    assert "error_log /dev/null;" in nginx_configuration(GOOD)


def test_header_names_are_written_as_people_know_them() -> None:
    assert spelled("content-security-policy") == "Content-Security-Policy"
