from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "dateline.desk"
    label = "desk"
    verbose_name = "The desk"

    def ready(self) -> None:
        from django.apps import apps

        from dateline.desk import checks  # noqa: F401 - registers itself
        from dateline.desk.models import Draft
        from dateline.desk.previewing import preview_response

        Draft.shown_by = staticmethod(preview_response)
        # Wagtail asks its own configuration which screens of accounts there are; it reads it when addresses are made.
        setattr(apps.get_app_config("wagtailusers"), "user_viewset", "dateline.desk.people.PeopleViewSet")  # noqa: B010 - mypy knows no such field
        post_migrate.connect(_give_rights, sender=self, dispatch_uid="desk.give_rights")


def _give_rights(using: str, **_: Any) -> None:
    from dateline.desk.roles import make_roles

    make_roles(using)
