"""The working copy. The record (`story`) holds what went out; here stands what is being written.

Promises kept here:
- nothing outward reads this table, and nothing here writes a take: acts do (`desk.actions`);
- the row always says what its newest revision says, so lists need not read revisions;
- Wagtail's own "live" is never true and its publishing refuses: there is one way out
  (docs/decisions/0006-one-way-out-of-the-desk.md).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, ClassVar, Final, NoReturn

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, Revision, RevisionMixin, WorkflowMixin

from dateline.desk.blocks import BodyBlock
from dateline.desk.errors import NoOtherWayOut
from dateline.desk.fields import Utf8StreamField
from dateline.desk.forms import DraftForm
from dateline.formats.filed import LONGEST_LINE
from dateline.story.fields import Utf8Json
from dateline.story.models import Lock

COPY: Final = (
    "language",
    "headline",
    "subheadline",
    "slugline",
    "summary",
    "byline",
    "note",
    "dateline_text",
    "dateline_place",
    "dateline_date",
    "dateline_agency",
    "urgency",
    "section",
    "also_in",
    "lock",
    "lock_notice",
    "embargo_until",
    "translation_of",
    "slug",
    "published",
    "subjects",
    "related",
    "body",
)
"""What a revision says of the copy."""

OF_THE_WHOLE: Final = ("story_uid", "take_seen", "kept_digest", "changed_at")
"""What belongs to the draft whatever its revisions say."""


class Draft(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """Copy being written, of one story. `take_seen` is the number of the take it was made from, 0 for none."""

    class LockState(models.TextChoices):
        FREE = Lock.FREE.value, _("Free")
        LOCKED = Lock.LOCKED.value, _("Locked: what stands below the wall is for members")

    story_uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    take_seen = models.PositiveIntegerField(default=0, editable=False)
    kept_digest = models.CharField(max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now_add=True, editable=False)

    language = models.CharField(_("language"), max_length=20)
    headline = models.CharField(_("headline"), max_length=LONGEST_LINE, blank=True)
    subheadline = models.CharField(_("subheadline"), max_length=LONGEST_LINE, blank=True)
    slugline = models.CharField(
        _("slugline"), max_length=LONGEST_LINE, blank=True, help_text=_("The story's working name.")
    )
    summary = models.TextField(_("summary"), blank=True)
    byline = models.CharField(_("byline"), max_length=LONGEST_LINE, blank=True)
    note = models.TextField(
        _("note to editors"),
        blank=True,
        help_text=_("Goes with the copy to editors and stays in the record; readers never see it."),
    )
    dateline_text = models.CharField(
        _("dateline"), max_length=LONGEST_LINE, blank=True, help_text=_("How the copy opens: “December 9, Ranak.”")
    )
    dateline_place = models.CharField(_("place"), max_length=LONGEST_LINE, blank=True)
    dateline_date = models.DateField(_("day"), null=True, blank=True)
    dateline_agency = models.CharField(_("agency"), max_length=LONGEST_LINE, blank=True)
    urgency = models.PositiveSmallIntegerField(
        _("urgency"), default=5, choices=[(step, str(step)) for step in range(1, 10)], help_text=_("1 is the highest.")
    )
    section = models.CharField(_("main section"), max_length=LONGEST_LINE, blank=True)
    also_in = models.JSONField(_("also in"), default=list, blank=True, encoder=Utf8Json)
    lock = models.CharField(
        _("for whom"),
        max_length=8,
        blank=True,
        choices=LockState.choices,
        help_text=_("Where nothing is chosen, the story goes out locked."),
    )
    lock_notice = models.CharField(_("lock notice"), max_length=LONGEST_LINE, blank=True)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    translation_of = models.UUIDField(
        _("translation of"), null=True, blank=True, help_text=_("The identity of the story this one translates.")
    )
    slug = models.CharField(
        _("words of the address"),
        max_length=LONGEST_LINE,
        blank=True,
        help_text=_("Made from the headline where empty. Fixed once the story is out."),
    )
    published = models.DateTimeField(null=True, blank=True, editable=False)
    subjects = models.JSONField(default=list, blank=True, editable=False, encoder=Utf8Json)
    related = models.JSONField(default=list, blank=True, editable=False, encoder=Utf8Json)
    body = Utf8StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    base_form_class = DraftForm
    shown_by: ClassVar[Callable[[Draft], HttpResponse]]
    """Makes the preview; set when Django starts (`desk.apps`), for it stands on the adapter, which stands on this."""

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering: ClassVar = ["-changed_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["-changed_at", "-id"], name="draft_newest")]

    def __str__(self) -> str:
        return self.headline or self.slugline or gettext("Without a headline")

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Whatever Wagtail was asked to do: being out is the record's to say.
        self.live = False
        self.go_live_at = self.expire_at = None
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Draft:
        draft: Draft = super().with_content_json(content)
        for name in OF_THE_WHOLE:
            setattr(draft, name, getattr(self, name))
        return draft

    def _update_from_revision(self, revision: Revision, changed: bool = True) -> None:
        self.latest_revision = revision
        self.has_unpublished_changes = True
        self.changed_at = revision.created_at
        self.save(update_fields=["latest_revision", "has_unpublished_changes", "changed_at", *COPY])

    def publish(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: Wagtail's publishing is no way out.

        Raises:
            NoOtherWayOut: always.
        """
        raise NoOtherWayOut.of(self.story_uid)

    def unpublish(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, as `publish`."""
        raise NoOtherWayOut.of(self.story_uid)

    def is_held_by_another(self, user: AbstractBaseUser) -> bool:
        """Whether somebody else has locked the copy."""
        return self.locked and self.locked_by_id != user.pk

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The story as its readers will see it."""
        return type(self).shown_by(self)
