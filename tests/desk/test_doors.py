"""Who gets in, by which door, and what the doors say about themselves."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.desk.people import PASSWORD, edit

SIGN_IN = "/desk/sign-in/"
FILLED = {"uuid": "5f6d6c0a-51a3-5b0e-9c3e-d47e11fe2026", "int": "1", "slug": "word", "str": "1", "path": "a/b"}


def every_desk_address() -> list[str]:
    """Each address of the desk there is, its places filled in."""
    return sorted({address for address in _walk(get_resolver(), "/") if address.startswith("/desk")})


def _walk(resolver: Any, before: str) -> Any:
    for pattern in resolver.url_patterns:
        address = before + _filled(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield address
        else:
            yield from _walk(pattern, address)


def _filled(route: str) -> str:
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda m: FILLED.get(m[1] or "str", "1"), route)
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "1", route)
    return re.sub(r"[\^$\\]|\.\*", "", route)


def test_there_are_addresses_to_try() -> None:
    assert len(every_desk_address()) > 80


def test_nobody_unknown_comes_further_than_the_sign_in_or_gets_a_cookie(newsroom: Any) -> None:
    for address in every_desk_address():
        if address.startswith(SIGN_IN):
            continue
        for answer in (Client().get(address), Client().post(address, {"a": "b"})):
            assert answer.status_code == 302, address
            assert answer.headers["location"].startswith(SIGN_IN), address
            assert not answer.cookies, address


def test_the_pages_of_signing_in_are_not_stored_and_say_nothing(newsroom: Any) -> None:
    for address in every_desk_address():
        answer = Client().get(address)
        assert answer.status_code in (200, 302, 403, 404, 405), address
        assert answer.headers["cache-control"] == "no-store, private"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/desk/login/", "/desk/login/?next=/desk/"])
def test_wagtails_own_sign_in_admits_nobody(people: Any, address: str) -> None:
    browser = Client()
    answer = browser.post(address, {"username": "chief", "password": PASSWORD, "login": "chief"}, follow=True)
    assert answer.redirect_chain[0][0].startswith(SIGN_IN)
    assert not answer.context["user"].is_authenticated
    assert browser.get("/desk/").status_code == 302


def test_wagtails_password_reset_and_allauths_sign_up_are_no_doors(chief: Any) -> None:
    for address in ("/desk/password_reset/", "/desk/password_reset/done/", "/desk/password_reset/confirm/a/b/"):
        assert chief.browser.get(address).status_code == 404
    for address in ("sign-up/", "email/", "password/change/", "password/reset/", "password/set/"):
        assert Client().get(SIGN_IN + address).status_code == 404
    assert User.objects.count() == 4


def test_a_wrong_password_is_refused_and_then_throttled(people: Any, settings: Any) -> None:
    from django.core.cache import cache

    cache.clear()
    browser = Client()
    for _ in range(6):
        answer = browser.post(SIGN_IN, {"login": "chief", "password": "wrong"})
        assert answer.status_code in (200, 429)
    answer = browser.post(SIGN_IN, {"login": "chief", "password": PASSWORD})
    assert answer.status_code in (200, 429)
    assert "too many attempts" in answer.content.decode()
    cache.clear()


def test_no_address_of_a_person_is_kept_to_count_attempts() -> None:
    from django.test import RequestFactory

    from dateline.desk.sign_in import NoSignUp

    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7")
    counted = NoSignUp(request).get_client_ip(request)
    assert "203.0.113.7" not in counted
    assert counted == NoSignUp(request).get_client_ip(request)


def test_a_second_step_is_asked_once_it_is_set_up(people: Any) -> None:
    from allauth.mfa.totp.internal import auth as totp

    secret = totp.generate_totp_secret()
    totp.TOTP.activate(people["chief"].user, secret)
    browser = Client()
    answer = browser.post(SIGN_IN, {"login": "chief", "password": PASSWORD})
    assert answer.headers["location"].startswith(SIGN_IN + "second-step/")
    assert browser.get("/desk/").status_code == 302
    assert browser.get(answer.headers["location"]).status_code == 200
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    browser.post(answer.headers["location"], {"code": code})
    assert browser.get("/desk/").status_code == 200


def test_everybody_can_set_up_a_second_step(editor: Any) -> None:
    page = editor.browser.get(SIGN_IN + "second-step/")
    assert page.status_code == 200


def test_the_session_is_for_the_desk_alone(people: Any, settings: Any) -> None:
    browser = Client()
    browser.post(SIGN_IN, {"login": "editor", "password": PASSWORD})
    cookie = browser.cookies["dateline_desk"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/desk/", True, "Lax")
    assert cookie["max-age"] == 12 * 3600


def test_signing_out_ends_it(editor: Any) -> None:
    editor.browser.post("/desk/sign-out/")
    assert editor.browser.get("/desk/").status_code == 302


def test_an_ended_session_is_told_to_the_editors_script(newsroom: Any) -> None:
    answer = Client().post("/desk/drafts/edit/1/", headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 403


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("src", "href", "action", "poster", "srcset")]


def test_no_page_of_the_desk_names_another_host(chief: Any, bridge: Any) -> None:
    draft = chief.opens(bridge.uid)
    asked = ["/desk/", "/desk/drafts/", "/desk/drafts/add/", edit(draft), f"/desk/drafts/history/{draft.pk}/",
             f"/desk/stories/{bridge.uid}/", f"/desk/stories/{bridge.uid}/kill/", "/desk/users/", "/desk/users/new/",
             "/desk/account/", SIGN_IN + "second-step/", "/desk/stories/?state=in", "/desk/stories/?state=gone"]  # fmt: skip
    for address in asked:
        answer = chief.browser.get(address)
        assert answer.status_code == 200, address
        links = _Links()
        links.feed(answer.content.decode())
        assert links.found
        assert not [link for link in links.found if urlsplit(link).netloc or link.startswith("//")], address


def test_a_form_that_is_not_ours_is_refused_in_three_parts(people: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(SIGN_IN, {"login": "chief", "password": PASSWORD})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "not one of ours" in page
    assert "Nothing was changed." in page


# --- the desk's own files ---------------------------------------------------------------------------------------


def test_scripts_and_styles_are_served_for_ever_at_the_address_of_their_version(newsroom: Any) -> None:
    from django.templatetags.static import static

    answer = Client().get(static("desk/desk.css"), headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"].endswith("immutable")
    assert (answer.headers["content-type"], answer.headers["content-encoding"]) == ("text/css; charset=utf-8", "gzip")
    assert not answer.cookies
    older = Client().get("/static-desk/older/desk/desk.css")
    assert older.headers["cache-control"] == "no-cache"
    older.close()


@pytest.mark.parametrize(
    "path", ["../../../../config/desk.py", "desk/../../models.py", "desk", "none.css", "%2e%2e/apps.py"]
)
def test_no_other_file_is_served(newsroom: Any, path: str) -> None:
    assert Client().get(f"/static-desk/v/{path}").status_code in (400, 404)
