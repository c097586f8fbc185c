"""People at the desk, told as what they do; each act goes through the real screens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

PASSWORD = "seven-lanterns-of-kryničnaje"
ADD = "/desk/drafts/add/"


def copy(headline: str = "Second ferry opens in Ranak", *paragraphs: str, **changed: Any) -> dict[str, Any]:
    """The form of a draft as the browser sends it."""
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    html = "".join(f"<p>{text}</p>" for text in paragraphs or ("The ferry carried forty cars on Tuesday.",))
    blocks = changed.pop("blocks", [("text", rich_text(html, features=TEXT))])
    said = {
        "headline": headline,
        "language": "en",
        "urgency": "5",
        "section": "economy",
        "lock": "free",
        "body": streamfield(blocks),
    }
    return {"also_in": ["politics"], **nested_form_data(said | changed)}


TEXT = ["bold", "italic", "quote-mark", "story-link", "ul", "ol", "flat-lists"]


class Person:
    """Somebody with a browser that is signed in."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.browser = Client()
        self.browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def writes(self, *said: str, **changed: Any) -> Any:
        """Save a new draft; gives it as it stands."""
        from dateline.desk.models import Draft

        answer = self.browser.post(ADD, copy(*said, **changed))
        assert answer.status_code == 302, _errors(answer)
        return Draft.objects.order_by("-pk").first()

    def rewrites(self, draft: Any, *said: str, **changed: Any) -> HttpResponse:
        answer = self.browser.post(edit(draft), copy(*said, **changed))
        assert answer.status_code == 302, _errors(answer)
        draft.refresh_from_db()
        return answer

    def previews(self, draft: Any, *said: str, **changed: Any) -> str:
        """The page that the preview beside the form shows, of what stands in the form now."""
        address = f"/desk/drafts/preview/{draft.pk}/"
        assert self.browser.post(address, copy(*said, **changed)).json() == {"is_valid": True, "is_available": True}
        return self.browser.get(address).content.decode()

    def opens(self, uid: UUID) -> Any:
        from dateline.desk.models import Draft

        answer = self.browser.post(reverse("desk:open", args=[uid]))
        assert answer.status_code == 302
        return Draft.objects.get(story_uid=uid)

    def looks(self, uid: UUID, act: str) -> dict[str, str]:
        """What the act's screen would send if nothing was filled in."""
        answer = self.browser.get(reverse("desk:act", args=[uid, act]))
        assert answer.status_code == 200
        return {"seen": str(answer.context["seen"]), "revision": str(answer.context["revision"] or "")}

    def does(self, act: str, uid: UUID, /, **said: str) -> HttpResponse:
        """Look at an act's screen and confirm it."""
        return self.confirms(act, uid, self.looks(uid, act), **said)

    def confirms(self, act: str, uid: UUID, shown: dict[str, str], /, **said: str) -> HttpResponse:
        return self.browser.post(reverse("desk:act", args=[uid, act]), shown | said)


def edit(draft: Any) -> str:
    return reverse("wagtailsnippets_desk_draft:edit", args=[draft.pk])


def refusal(answer: Any) -> Any:
    """The refusal an answer shows; its three parts stand on the page."""
    shown = answer.context["refusal"]
    page = answer.content.decode()
    from django.utils.html import escape

    assert all(escape(part) in page for part in (shown.happened, shown.kept, shown.next_step))
    return shown


def _errors(answer: Any) -> Any:
    form = answer.context and answer.context.get("form")
    return form.errors if form else answer.status_code
