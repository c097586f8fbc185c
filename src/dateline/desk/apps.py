from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "dateline.desk"
    label = "desk"
    verbose_name = "The desk"

    def ready(self) -> None:
        from dateline.desk import checks  # noqa: F401 - registers itself
        from dateline.desk.models import Draft
        from dateline.desk.previewing import preview_response

        Draft.shown_by = staticmethod(preview_response)
        post_migrate.connect(_give_rights, sender=self, dispatch_uid="desk.give_rights")


def _give_rights(using: str, **_: Any) -> None:
    from dateline.desk.roles import make_roles

    make_roles(using)
