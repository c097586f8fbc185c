"""Accounts: a name, a role, a password; and no power beside the roles."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User

from tests.desk.people import PASSWORD, Person

NEW = "/desk/users/new/"


def account(**changed: Any) -> dict[str, Any]:
    role = Group.objects.get(name="writer").pk
    return {"username": "alena", "groups": [role], "password1": PASSWORD, "password2": PASSWORD} | changed


def test_an_account_needs_no_address_and_no_names(chief: Person) -> None:
    assert chief.browser.post(NEW, account()).status_code == 302
    made = User.objects.get(username="alena")
    assert [group.name for group in made.groups.all()] == ["writer"]
    assert made.email == ""


def test_nobody_is_made_an_administrator(chief: Person) -> None:
    form = chief.browser.get(NEW).content.decode()
    assert 'name="is_superuser"' not in form
    assert 'name="email"' not in form
    chief.browser.post(NEW, account(is_superuser="on", is_staff="on"))
    made = User.objects.get(username="alena")
    assert not made.is_superuser
    chief.browser.post(f"/desk/users/edit/{made.pk}/", account(is_superuser="on", is_active="on"))
    made.refresh_from_db()
    assert not made.is_superuser


def test_the_chief_does_not_shut_themselves_out(chief: Person) -> None:
    chief.browser.post(f"/desk/users/edit/{chief.user.pk}/", {"username": "chief", "groups": []})
    chief.user.refresh_from_db()
    assert chief.user.is_active
    assert [group.name for group in chief.user.groups.all()] == ["chief"]


def test_one_keeps_ones_account_without_giving_a_name(writer: Person) -> None:
    shown = writer.browser.get("/desk/account/").context["panels_by_tab"]
    fields = [field for panels in shown.values() for panel in panels for field in panel.get_form().fields.items()]
    assert not any(field.required for name, field in fields if name in ("first_name", "last_name"))


def test_the_list_of_people_shows_their_roles(chief: Person, writer: Person) -> None:
    page = chief.browser.get("/desk/users/").content.decode()
    assert "writer" in page
    assert "Access level" not in page
