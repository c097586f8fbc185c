"""Who may do what at the desk: one table and one function, asked by every screen and every act.

A role is a group of the accounts' own tables, so people are given roles where their accounts are managed.
"""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group
from django.utils.translation import gettext as _

from dateline.desk.errors import NotAllowed
from dateline.desk.models import Draft
from dateline.story.models import Story

WRITER: Final = "writer"
EDITOR: Final = "editor"
CHIEF: Final = "chief"

WRITING: Final = frozenset({"write", "open"})
EDITING: Final = WRITING | {"publish", "update", "correct", "takedown", "lift", "unlock"}
RIGHTS: Final = {WRITER: WRITING, EDITOR: EDITING, CHIEF: EDITING | {"kill", "people", "delete"}}


def may(user: AbstractBaseUser | AnonymousUser, act: str, subject: Draft | Story | None = None) -> bool:
    """Whether a person may do an act to a draft or a story.

    `subject` is what it is about: no right depends on it yet.
    """
    if not user.is_active or user.is_anonymous:
        return False
    if getattr(user, "is_superuser", False):
        return any(act in rights for rights in RIGHTS.values())
    return any(act in RIGHTS.get(role, ()) for role in roles_of(user))


def roles_of(user: AbstractBaseUser) -> list[str]:
    """The person's roles. Asked once a request: it is kept on the user's object."""
    kept: list[str] | None = getattr(user, "_desk_roles", None)
    if kept is None:
        kept = list(Group.objects.filter(user=user.pk, name__in=RIGHTS).values_list("name", flat=True))
        user._desk_roles = kept  # type: ignore[attr-defined]  # a note on the object, as Django keeps its own
    return kept


def must(user: AbstractBaseUser | AnonymousUser, act: str, subject: Draft | Story | None = None) -> None:
    """Refuse what `may` does not allow.

    Raises:
        NotAllowed: nothing was done.
    """
    if not may(user, act, subject):
        raise NotAllowed(
            _("Your role does not give you the right to this (%(act)s).") % {"act": act},
            _("Nothing was changed; the copy is kept."),
            _("Ask an editor or the chief to do it."),
        )
