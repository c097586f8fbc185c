"""Where Wagtail asks what the desk adds: menu entries, buttons, features of the text field, scripts and styles.

Wagtail finds this file by its name.
"""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from dateline.desk import draftail
from dateline.desk.acts import ACTS, offered
from dateline.desk.models import Draft
from dateline.desk.no_images import NothingThere
from dateline.desk.viewset import DraftViewSet

MENU: Final = frozenset({"stories", "drafts", "people"})
"""What stands in the desk's menu; Wagtail's pages, reports and news about itself do not."""
CLOSED_BUTTONS: Final = frozenset({"action-publish", "action-unpublish"})

register_snippet(DraftViewSet)


@hooks.register("register_rich_text_features")
def rich_text_features(features: FeatureRegistry) -> None:
    draftail.register(features)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("dateline.desk.urls", namespace="desk"))]


@hooks.register("construct_admin_api")
def nothing_of_what_is_not_installed(router: WagtailAPIRouter) -> None:
    for name in ("images", "documents"):
        router.register_endpoint(name, NothingThere)


@hooks.register("register_admin_menu_item")
def stories_menu_item() -> MenuItem:
    return MenuItem(_("Stories"), reverse("desk:stories"), name="stories", icon_name="list-ul", order=100)


@hooks.register("register_admin_search_area")
def stories_search() -> SearchArea:
    return SearchArea(_("Stories"), reverse("desk:stories"), name="stories", icon_name="list-ul", order=1)


@hooks.register("construct_search")
def only_our_search(request: HttpRequest, areas: list[SearchArea]) -> None:
    areas[:] = [area for area in areas if area.name == "stories"]


@hooks.register("construct_main_menu")
def only_our_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name in MENU]


@hooks.register("insert_global_admin_css")
def desk_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("insert_global_admin_js")
def desk_script() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("desk/desk.js"))


@hooks.register("register_account_menu_item")
def second_step(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("mfa_index"),
        "label": _("Second step of signing in"),
        "help_text": _("A code from an application, a passkey, recovery codes."),
    }


# --- the buttons of acts ----------------------------------------------------------------------------------------


class ActButton(ActionMenuItem):
    """Saves the draft, then opens the screen of one act."""

    def __init__(self, act: str, order: int) -> None:
        super().__init__(order=order)
        self.name = f"desk-{act}"  # type: ignore[assignment]  # Wagtail says None
        self.act = act
        self.label = format_lazy("{}…", ACTS[act].label)  # type: ignore[assignment]  # Wagtail says str and takes lazy text
        self.icon_name = ACTS[act].icon

    def is_shown(self, context: dict[str, Any]) -> bool:
        draft = context.get("instance")
        if context["model"] is not Draft or context.get("view") not in ("create", "edit"):
            return False
        return self.act in offered(context["request"].user, draft.story_uid if draft else None)


def _act_button(act: str, order: int) -> Any:
    def hook(model: type[Any]) -> ActButton | None:
        return ActButton(act, order) if model is Draft else None

    return hook


for _order, _act in enumerate(ACTS, start=1):
    hooks.register("register_snippet_action_menu_item", _act_button(_act, 10 * _order))


@hooks.register("construct_snippet_action_menu")
def no_other_way_out(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    if context["model"] is Draft:
        items[:] = [item for item in items if item.name not in CLOSED_BUTTONS]


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def to_the_act(request: HttpRequest, draft: Any) -> HttpResponse | None:
    """After saving by an act's button: to that act's screen."""
    if not isinstance(draft, Draft):
        return None
    act = next((act for act in ACTS if f"desk-{act}" in request.POST), None)
    return redirect("desk:act", uid=draft.story_uid, act=act) if act else None
