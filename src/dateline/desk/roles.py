"""The groups of the accounts' tables that are our roles, and what they may touch in Wagtail's own screens.

The rights to acts are not here: `desk.rights` holds them. Nobody is given Wagtail's right to publish.
"""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import Group, Permission, User
from django.db import router

from dateline.desk.rights import CHIEF, EDITOR, WRITER

_WRITER: Final = (
    "wagtailadmin.access_admin",
    "desk.add_draft",
    "desk.change_draft",
    "desk.view_draft",
    "desk.lock_draft",
)
_EDITOR: Final = (*_WRITER, "desk.unlock_draft")
_CHIEF: Final = (
    *_EDITOR,
    "desk.delete_draft",
    "auth.add_user",
    "auth.change_user",
    "auth.delete_user",
    "auth.view_user",
)
SCREENS: Final = {WRITER: _WRITER, EDITOR: _EDITOR, CHIEF: _CHIEF}
WAGTAILS_OWN: Final = ("Moderators", "Editors")
"""Groups that Wagtail's migrations make for its pages; here they would be roles that mean nothing."""


def make_roles(using: str) -> None:
    """Make the roles, and give each exactly its screens. Doing it again changes nothing."""
    if not router.allow_migrate_model(using, Group):
        return
    every = Permission.objects.using(using).select_related("content_type")
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in every}
    for role, wanted in SCREENS.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set([known[name] for name in wanted if name in known])
    for group in Group.objects.using(using).filter(name__in=WAGTAILS_OWN):
        if not User.objects.using(using).filter(groups=group).exists():
            group.delete()
