"""Wagtail's screens for drafts: our columns, our buttons, and no way out of their own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from dateline.desk.labels import STATE_WORDS
from dateline.desk.models import Draft
from dateline.desk.reads import drafts_with_states

CLOSED = ("publish",)
"""Actions of Wagtail's forms that nobody is offered and nobody can post."""


def state_of(draft: Draft) -> str:
    """What the record says of the draft's story, for a column."""
    state = getattr(draft, "record_state", None)
    return str(STATE_WORDS[state] if state else _("Not in the record"))


class OneWayOut:
    """Takes Wagtail's publishing out of a form view, and leaves out its checks panel, which needs scripts in our page."""

    def get_available_actions(self) -> list[str]:
        actions: list[str] = super().get_available_actions()  # type: ignore[misc]  # a mixin before Wagtail's view
        return [action for action in actions if action not in CLOSED]

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]  # as above
        return MediaContainer([panel for panel in panels if not isinstance(panel, ChecksSidePanel)])


class DraftCreateView(OneWayOut, CreateView):
    def get_initial_form_instance(self) -> Draft:
        """A new draft opens with an empty text to write in."""
        return Draft(body=[{"type": "text", "value": ""}])


class DraftEditView(OneWayOut, EditView):
    pass


class DraftViewSet(SnippetViewSet):
    model = Draft  # type: ignore[assignment]  # Wagtail says None where it means a model, and so below
    base_url_path = "drafts"  # type: ignore[assignment]
    icon = "edit"
    menu_label = _("Drafts")
    menu_name = "drafts"
    menu_order = 200
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = DraftCreateView
    edit_view_class = DraftEditView
    list_per_page = 50
    search_fields = ("headline", "slugline")
    ordering = ("-changed_at", "-pk")
    list_filter = ("language", "urgency", "lock")
    list_display = (
        "__str__",
        Column("slugline", label=_("Slugline"), accessor="slugline"),
        Column("language", label=_("Language"), accessor="language"),
        Column("urgency", label=_("Urgency"), accessor="urgency"),
        Column("section", label=_("Main section"), accessor="section"),
        Column("state", label=_("In the record"), accessor=state_of),
        Column("holder", label=_("Locked by"), accessor="holder"),
        DateColumn("changed_at", label=_("Changed"), accessor="changed_at"),
    )
    edit_handler = ObjectList(
        [
            FieldPanel("headline", classname="title"),
            FieldPanel("subheadline"),
            MultiFieldPanel(
                [
                    FieldPanel("dateline_text"),
                    FieldRowPanel(
                        [FieldPanel("dateline_place"), FieldPanel("dateline_date"), FieldPanel("dateline_agency")]
                    ),
                ],
                heading=_("Dateline"),
            ),
            FieldPanel("body"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("language"), FieldPanel("urgency")]),
                    FieldRowPanel([FieldPanel("slugline"), FieldPanel("byline")]),
                    FieldPanel("section"),
                    FieldPanel("also_in"),
                    FieldPanel("summary"),
                ],
                heading=_("Filing"),
            ),
            MultiFieldPanel(
                [FieldPanel("lock"), FieldPanel("lock_notice"), FieldPanel("embargo_until")], heading=_("Who and when")
            ),
            MultiFieldPanel(
                [FieldPanel("note"), FieldPanel("translation_of"), FieldPanel("slug")],
                heading=_("Notes and address"),
                classname="collapsed",
            ),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Draft]:
        return drafts_with_states(Draft.objects.all())
