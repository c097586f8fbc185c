"""Accounts of the newsroom's people: a name to sign in with, a role, a password. Nothing else need be kept of anybody.

Wagtail's form asks for an e-mail address and for both names, and offers "Administrator", a power beside the roles:
`desk.rights` is the only table of who may do what.
"""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.ui.tables import Column
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import IndexView, UserViewSet

from dateline.desk.rights import RIGHTS

LEFT_OUT: Final = ("email", "is_superuser")


def roles_told(user: User) -> str:
    """The person's roles, for a column."""
    return ", ".join(group.name for group in user.groups.all())


class _FewQuestions(forms.ModelForm[User]):
    """Takes out what the newsroom need not know, and asks for names without insisting."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LEFT_OUT:
            self.fields.pop(name, None)
        for name in ("first_name", "last_name"):
            self.fields[name].required = False
        groups = self.fields.get("groups")
        if isinstance(groups, forms.ModelMultipleChoiceField):
            groups.label, groups.help_text = _("Role"), _("Without a role there is no way in.")
            groups.queryset = Group.objects.filter(name__in=RIGHTS)


class NewPersonForm(_FewQuestions, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields - set(LEFT_OUT)


class PersonForm(_FewQuestions, UserEditForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.pop("editing_self", False)
        super().__init__(*args, **kwargs)
        if editing_self:
            # Nobody shuts themselves out, or takes their own role away, by a wrong click.
            del self.fields["is_active"], self.fields["groups"]

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields - set(LEFT_OUT)


class OwnNameForm(NameEmailForm):
    """One's own name: what is signed with, as far as one wants to give it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class PeopleIndex(IndexView):
    page_title = _("People")
    add_item_label = _("Add a person")

    @cached_property
    def columns(self) -> list[Column]:  # type: ignore[override]  # Wagtail's is a cached property too
        columns: list[Column] = super().columns
        roles = Column("roles", accessor=roles_told, label=_("Role"), width="10%")
        return [roles if column.name == "is_superuser" else column for column in columns]

    def get_base_queryset(self) -> QuerySet[User]:
        people: QuerySet[User] = super().get_base_queryset()
        return people.prefetch_related("groups")


class PeopleViewSet(UserViewSet):
    index_view_class = PeopleIndex
    menu_label = _("People")
    menu_name = "people"
    menu_order = 300
    icon = "group"
    add_to_admin_menu = True
    add_to_settings_menu = False

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[User]]:
        return PersonForm if for_update else NewPersonForm
