from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.desk.people import PASSWORD, Person


@pytest.fixture
def people(newsroom: Path) -> dict[str, Person]:
    """A writer, an editor and the chief, each signed in; and somebody without a role."""
    from django.contrib.auth.models import Group, User

    made: dict[str, Person] = {}
    for name in ("writer", "editor", "chief", "stranger"):
        user = User.objects.create_user(username=name, password=PASSWORD)
        if name != "stranger":
            user.groups.add(Group.objects.get(name=name))
        made[name] = Person(user)
    return made


@pytest.fixture
def editor(people: dict[str, Person]) -> Person:
    return people["editor"]


@pytest.fixture
def chief(people: dict[str, Person]) -> Person:
    return people["chief"]


@pytest.fixture
def writer(people: dict[str, Person]) -> Person:
    return people["writer"]


@pytest.fixture
def bridge(newsroom: Path) -> Any:
    """A story that is out, from a file."""
    from dateline.story.actions.filing import Wishes, file_cards
    from dateline.story.actions.finding import find_story
    from tests import newsroom as agency

    file_cards([agency.bridge()], by="import", now=agency.NOW, wishes=Wishes(publish=True))
    return find_story("ranica-bridge-en")
