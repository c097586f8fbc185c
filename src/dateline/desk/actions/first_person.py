"""The first person of a newsroom: an account for the chief, made when there is none."""

from __future__ import annotations

import secrets
from typing import Final

from django.contrib.auth.models import Group, User
from django.db import transaction

from dateline.desk.rights import CHIEF

ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without letters that are mistaken for others when copied by hand."""
GROUPS: Final = 5
GROUP_LENGTH: Final = 5


def make_first_person(name: str = "chief") -> str | None:
    """Make the chief's account in an empty newsroom.

    Returns:
        The password, about 123 bits; it is shown once and stored only as a hash. None where there is any account.
    """
    with transaction.atomic():
        if User.objects.exists():
            return None
        password = "-".join(_group() for _ in range(GROUPS))
        person = User.objects.create_user(username=name, password=password)
        person.groups.add(Group.objects.get_or_create(name=CHIEF)[0])
        return password


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH))
