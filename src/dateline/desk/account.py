"""One's own account: name, language, look, password. No picture of a face, and no letters by e-mail."""

from __future__ import annotations

from typing import Any, Final

from wagtail.admin.views.account import AccountView

from dateline.desk.people import OwnNameForm

LEFT_OUT: Final = frozenset({"avatar", "notifications"})
"""A photograph would be stored with what its camera adds; letters would leave the newsroom."""


class DeskAccount(AccountView):
    def get_panels(self) -> list[Any]:
        panels = [panel for panel in super().get_panels() if panel.name not in LEFT_OUT]
        for panel in panels:
            if panel.name == "name_email":
                panel.form_class = OwnNameForm
        return panels
