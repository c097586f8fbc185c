"""The desk's own screens: the record's stories, one story, the acts, pictures taken in, files of the desk itself."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dateline.desk import reads
from dateline.desk.actions.at_the_story import Decided, confirming_word, has_moved
from dateline.desk.actions.open_story import open_story
from dateline.desk.actions.take_newest import take_newest
from dateline.desk.acts import ACTS, offered, perform
from dateline.desk.labels import ACT_WORDS, STATE_WORDS
from dateline.desk.middleware import refused_page
from dateline.desk.rights import must
from dateline.desk.static_files import PACKABLE, content_type, packed, static_version
from dateline.errors import ActRefused, DatelineError
from dateline.formats.body import clean_line, clean_text
from dateline.story.newsroom import newsroom
from dateline.story.pictures import take_in

STATES: Final = ("out", "in", "gone")
FOR_EVER: Final = "public, max-age=31536000, immutable"
PICTURE_NAME: Final = r"[0-9a-f]{32}-\d{2,4}\.(webp|jpg|avif)"


def _page(request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    trail = [{"url": reverse("desk:stories"), "label": _("Stories")}, {"url": "", "label": title}]
    framed = {"breadcrumbs_items": trail if title != _("Stories") else trail[:1], "header_title": title}
    return render(request, template, framed | context, status=status)


# --- stories of the record --------------------------------------------------------------------------------------


@require_GET
def stories(request: HttpRequest) -> HttpResponse:
    """The record, newest first."""
    given = {key: clean_line(request.GET.get(key, "")) for key in ("state", "language", "prefix", "below")}
    given["prefix"] = given["prefix"] or clean_line(request.GET.get("q", ""))  # the search of Wagtail's sidebar
    if given["state"] not in STATES:
        given["state"] = "out"
    if given["language"] not in newsroom().languages:
        given["language"] = ""
    rows, below = reads.stories(reads.Asked(**given))
    shown = {"rows": rows, "below": below, "asked": given, "languages": newsroom().languages, "states": _state_tabs()}
    return _page(request, "desk/stories.html", _("Stories"), shown)


def _state_tabs() -> list[tuple[str, str]]:
    return [("out", _("Out")), ("in", _("Kept in")), ("gone", _("Withdrawn"))]


@require_GET
def find_story(request: HttpRequest) -> JsonResponse:
    """Stories that are out by the beginning of their headline, for links."""
    rows = reads.found_by_headline(clean_line(request.GET.get("q", ""))[:200])
    return JsonResponse(
        {"stories": [{"uid": str(row.uid), "headline": row.headline, "day": f"{row.at:%Y-%m-%d}"} for row in rows]}
    )


@require_GET
def story(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One story: where it stands, what may be done, and its rows of the register."""
    found, draft = reads.story_of(uid), reads.draft_of(uid)
    if found is None and draft is None:
        raise Http404
    take = found.take if found else None
    title = (take.headline if take else "") or (str(draft) if draft else str(uid))
    shown = {
        "story": found,
        "draft": draft,
        "uid": uid,
        "take": take,
        "filing": getattr(found, "filing", None),
        "moved": has_moved(found, draft),
        "state": STATE_WORDS[found.state] if found else "",
        "acts": [(name, ACTS[name]) for name in offered(request.user, uid) if draft or not ACTS[name].needs_draft],
        "register": [(row, ACT_WORDS[row.kind]) for row in reads.acts_of(found)] if found else [],
    }
    return _page(request, "desk/story.html", title, shown)


@require_POST
def open_for_writing(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Make or find the working copy, and go there."""
    try:
        draft = open_story(uid, user=_person(request))
    except DatelineError as refusal:
        return _refused(request, refusal)
    return redirect(_edit_address(draft.pk))


@require_POST
def take_newest_copy(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Take the newest take's text into the draft."""
    try:
        draft = take_newest(uid, user=_person(request))
    except DatelineError as refusal:
        return _refused(request, refusal)
    messages.success(
        request,
        _("The draft now holds take %(take)d; what you wrote stands in its history.") % {"take": draft.take_seen},
    )
    return redirect(_edit_address(draft.pk))


# --- acts -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, uid: UUID, act: str) -> HttpResponseBase:
    """One act: first what will happen, then, confirmed, the act itself."""
    if act not in ACTS:
        raise Http404
    try:
        must(request.user, act)
        if request.method == "POST":
            return _do(request, uid, act)
    except ActRefused as refusal:
        return _refused(request, refusal)
    return _act_screen(request, uid, act)


def _do(request: HttpRequest, uid: UUID, act: str) -> HttpResponseBase:
    try:
        done = perform(act, _decided(request, uid), user=_person(request), now=timezone.now())
    except DatelineError as refusal:
        return _act_screen(request, uid, act, refusal)
    kept_in = _("The copy is kept in and goes out by itself at its hour.")
    messages.success(request, str(ACTS[act].done) if done else kept_in)
    return HttpResponseRedirect(reverse("desk:story", args=[uid]))


def _decided(request: HttpRequest, uid: UUID) -> Decided:
    said = request.POST
    revision = said.get("revision", "")
    return Decided(
        uid=uid,
        seen=int(said["seen"]) if said.get("seen", "").isdecimal() else -1,
        revision=int(revision) if revision.isdecimal() else None,
        compared=said.get("compared") == "yes",
        words=clean_text(said.get("words", "")).strip(),
        typed=said.get("typed", ""),
    )


def _act_screen(request: HttpRequest, uid: UUID, name: str, refusal: DatelineError | None = None) -> HttpResponse:
    found, draft = reads.story_of(uid), reads.draft_of(uid)
    if found is None and draft is None:
        raise Http404
    doing = ACTS[name]
    take = found.take if found else None
    shown = {
        "act": doing,
        "name": name,
        "uid": uid,
        "story": found,
        "draft": draft,
        "take": take,
        "filing": getattr(found, "filing", None),
        "refusal": refusal,
        "possible": name in offered(request.user, uid),
        "lacks_draft": doing.needs_draft and draft is None,
        "state": STATE_WORDS[found.state] if found else "",
        "seen": found.takes_filed if found else 0,
        "revision": draft.latest_revision_id if draft and doing.takes_copy else "",
        "moved": doing.takes_copy and has_moved(found, draft),
        "word": confirming_word(found) if found and doing.final else "",
        "words": request.POST.get("words", ""),
        "headline": str(draft) if draft and doing.takes_copy else (take.headline if take else str(draft or uid)),
        "embargo": draft.embargo_until if draft and doing.takes_copy else None,
        "now": timezone.now(),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return _page(request, "desk/act.html", str(doing.label), shown, status)


# --- pictures ---------------------------------------------------------------------------------------------------


@require_POST
def picture(request: HttpRequest) -> JsonResponse:
    """Take a picture in; its EXIF is gone before anything is stored (story.pictures)."""
    try:
        must(request.user, "write")
        sent = request.FILES.get("picture")
        made = take_in(sent.read() if sent else b"")
    except DatelineError as refusal:
        return JsonResponse(refusal.as_dict(), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(
        {"src": f"picture:{made.ref}", "shown": reverse("desk:as_read", args=[f"media/{made.ref}-360.webp"])}
    )


@require_GET
def as_read(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Below a previewed page: pictures as the desk has them, everything else where it is once out."""
    if not rest.startswith("media/"):
        return HttpResponseRedirect(f"/{rest.lstrip('/')}")
    name = rest.removeprefix("media/")
    file = Path(settings.DATELINE_DATA) / "media" / name
    if not re.fullmatch(PICTURE_NAME, name) or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type=content_type(name))


# --- the desk's own files, and doors that are closed ------------------------------------------------------------


@require_GET
def static_file(request: HttpRequest, version: str, path: str) -> HttpResponseBase:
    """A script or style, for ever at the address of its version."""
    found = finders.find(path)
    if not found or not Path(found).is_file():
        raise Http404
    kind = content_type(path)
    if kind.startswith(PACKABLE) and "gzip" in request.headers.get("accept-encoding", ""):
        response: HttpResponseBase = HttpResponse(
            packed(found), content_type=kind, headers={"Content-Encoding": "gzip"}
        )
    else:
        response = FileResponse(Path(found).open("rb"), content_type=kind)  # noqa: SIM115 - closed by the response
    response["Cache-Control"] = FOR_EVER if version == static_version() else "no-cache"
    response["Vary"] = "Accept-Encoding"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def closed(request: HttpRequest, **_given: Any) -> HttpResponse:
    """A door of Wagtail or allauth that this desk does not have."""
    raise Http404


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in admits nobody: whatever is sent there, ours is shown."""
    return HttpResponseRedirect(settings.LOGIN_URL)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from elsewhere, or its page is too old."""
    refusal = ActRefused(
        _("This was not done: the form is not one of ours, or too old."),
        _("Nothing was changed."),
        _("Go back, load the page again and try once more."),
    )
    return refused_page(request, refusal)


def _refused(request: HttpRequest, refusal: DatelineError) -> HttpResponse:
    return _page(request, "desk/refused.html", _("Refused"), {"refusal": refusal}, HTTPStatus.FORBIDDEN)


def _person(request: HttpRequest) -> Any:
    return request.user


def _edit_address(pk: int) -> str:
    return reverse("wagtailsnippets_desk_draft:edit", args=[pk])
