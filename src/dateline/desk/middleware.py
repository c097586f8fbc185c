"""What stands before every screen of the desk: strict headers, and the question who is there.

Only addresses below `/desk/` are touched; readers' answers pass unchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from dateline.desk.errors import NotAllowed

DESK: Final = "/desk/"
SIGN_IN: Final = "/desk/sign-in/"
"""Everything below it is open to the unknown: the form, the second step, and what is said when it fails."""

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # Wagtail and Draft.js set styles on elements; a style can be ugly, not run.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "form-action 'self'",
        "base-uri 'self'",
        "manifest-src 'self'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

Next = Callable[[HttpRequest], HttpResponseBase]


def is_desk(path: str) -> bool:
    return path.startswith(DESK) or path == DESK.rstrip("/")


class DeskHeaders:
    """Strict headers on every answer of the desk, errors included."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_desk(request.path):
            for name, value in HEADERS.items():
                response[name] = value
        return response


class SignedInOnly:
    """One gate before all of the desk: nobody unknown comes further than the sign-in, and gets no cookie here."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_desk(request.path):
            return self.get_response(request)
        with translation.override(_language(request)):
            return self._at_the_desk(request)

    def _at_the_desk(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(SIGN_IN):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return self._unknown(request)
        if not request.user.has_perm("wagtailadmin.access_admin") and request.path != "/desk/sign-out/":
            return refused_page(request, _without_role())
        return self.get_response(request)

    def _unknown(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return HttpResponse(_("Your session has ended. Sign in again."), status=403, content_type="text/plain")
        return redirect_to_login(request.get_full_path(), SIGN_IN)


def _language(request: HttpRequest) -> str:
    """The language the person chose for the desk; before they are known, the one their browser asks for."""
    profile = getattr(request.user, "wagtail_userprofile", None)
    chosen: str = profile.preferred_language if profile else ""
    return chosen or translation.get_language_from_request(request)


def _without_role() -> NotAllowed:
    return NotAllowed(
        _("Your account has no role at this desk."), _("Nothing was changed."), _("Ask the chief to give you one.")
    )


def refused_page(request: HttpRequest, refusal: Exception, status: int = 403) -> HttpResponse:
    """A refusal in its three parts, as a page of its own."""
    return render(request, "desk/refused_page.html", {"refusal": refusal}, status=status)
