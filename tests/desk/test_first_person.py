from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from dateline.desk.actions.first_person import make_first_person
from dateline.desk.rights import may


def test_the_first_person_is_the_chief_and_is_made_once(newsroom: Any) -> None:
    password = make_first_person()
    assert password is not None
    assert len(password) >= 20
    chief = User.objects.get()
    assert may(chief, "kill")
    assert not chief.is_superuser
    assert password not in chief.password
    browser = Client()
    browser.post("/desk/sign-in/", {"login": "chief", "password": password})
    assert browser.get("/desk/").status_code == 200
    assert make_first_person() is None
    assert make_first_person("second") is None
