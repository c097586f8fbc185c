"""Who may do what: the one function, and every screen that asks it."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.desk.acts import ACTS
from dateline.desk.models import Draft
from dateline.desk.rights import RIGHTS, may, roles_of
from dateline.story.models import Act, Filing, Story, Take

ALLOWED = {
    "writer": set(),
    "editor": {"publish", "update", "correct", "takedown", "lift"},
    "chief": {"publish", "update", "correct", "takedown", "lift", "kill"},
    "stranger": set(),
}


@pytest.mark.parametrize("role", ALLOWED)
def test_each_role_may_do_its_acts_and_no_other(people: Any, role: str) -> None:
    assert {act for act in ACTS if may(people[role].user, act)} == ALLOWED[role]


def test_nobody_unknown_and_nobody_disabled_may_do_anything(people: Any) -> None:
    from django.contrib.auth.models import AnonymousUser

    chief = people["chief"].user
    chief.is_active = False
    every = {act for rights in RIGHTS.values() for act in rights}
    assert not any(may(AnonymousUser(), act) or may(chief, act) for act in every)


def test_a_role_is_a_group_and_nothing_else(people: Any) -> None:
    assert roles_of(people["editor"].user) == ["editor"]
    assert roles_of(people["stranger"].user) == []


NOT_THEIRS = [(role, act) for role in ("writer", "editor") for act in ACTS if act not in ALLOWED[role]]


@pytest.mark.parametrize(("role", "act"), NOT_THEIRS)
def test_an_act_one_may_not_do_is_refused_whatever_is_sent(people: Any, bridge: Any, role: str, act: str) -> None:
    person = people[role]
    before = (Act.objects.count(), Take.objects.count(), Filing.objects.count())
    address = f"/desk/stories/{bridge.uid}/{act}/"
    said = {"seen": "1", "revision": "", "words": "No.", "typed": "bridge", "compared": "yes"}
    for answer in (person.browser.get(address), person.browser.post(address, said)):
        assert answer.status_code == 403
        assert answer.context["refusal"].code == "desk.not_allowed"
    assert (Act.objects.count(), Take.objects.count(), Filing.objects.count()) == before


def test_a_writer_writes_and_is_offered_no_act(writer: Any) -> None:
    draft = writer.writes()
    page = writer.browser.get(f"/desk/drafts/edit/{draft.pk}/").content.decode()
    assert not any(f'name="desk-{act}"' in page for act in ACTS)
    answer = writer.browser.post(
        f"/desk/stories/{draft.story_uid}/publish/", {"seen": "0", "revision": str(draft.latest_revision_id)}
    )
    assert answer.status_code == 403
    assert not Story.objects.exists()


def test_somebody_without_a_role_sees_nothing_but_the_refusal(people: Any, bridge: Any) -> None:
    stranger = people["stranger"].browser
    for address in ("/desk/", "/desk/drafts/", f"/desk/stories/{bridge.uid}/", "/desk/stories/find/?q=New"):
        answer = stranger.get(address)
        assert answer.status_code == 403
        assert bridge.take.headline not in answer.content.decode()


def test_only_the_chief_makes_people_and_deletes_drafts(people: Any) -> None:
    draft = people["writer"].writes()
    for role, open_to in (("writer", False), ("editor", False), ("chief", True)):
        browser = people[role].browser
        assert (browser.get("/desk/users/new/").status_code == 200) is open_to
        assert (browser.get(f"/desk/drafts/delete/{draft.pk}/").status_code == 200) is open_to
    assert Draft.objects.exists()


def test_roles_are_made_once_and_wagtails_own_are_not_there(newsroom: Any) -> None:
    from django.contrib.auth.models import Group

    from dateline.desk.roles import make_roles

    make_roles("default")
    make_roles("press")
    assert set(Group.objects.values_list("name", flat=True)) == {"writer", "editor", "chief"}
