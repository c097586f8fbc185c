"""Whatever Wagtail is asked, nothing goes out by it (docs/decisions/0006-one-way-out-of-the-desk.md)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from dateline.desk.errors import NoOtherWayOut
from dateline.desk.models import Draft
from dateline.story.models import Act, State, Story, Take
from tests.desk.people import PASSWORD, Person, copy, edit


@pytest.fixture
def owner(newsroom: Any) -> Person:
    """Somebody with every right Wagtail knows."""
    return Person(User.objects.create_superuser(username="owner", password=PASSWORD))


def assert_nothing_went_out() -> None:
    assert not Take.objects.exists()
    assert not Act.objects.exists()
    assert not Story.objects.exists()
    assert not Draft.objects.filter(live=True).exists()


@pytest.mark.parametrize("where", ["create", "edit"])
def test_posting_wagtails_publish_only_saves(owner: Person, where: str) -> None:
    address = "/desk/drafts/add/" if where == "create" else edit(owner.writes())
    owner.browser.post(address, copy("Ferry") | {"action-publish": "1"})
    assert Draft.objects.get().headline == "Ferry"
    assert_nothing_went_out()


def test_wagtails_publish_button_is_not_shown(owner: Person) -> None:
    page = owner.browser.get(edit(owner.writes())).content.decode()
    assert "action-publish" not in page
    assert 'name="desk-publish"' in page


def test_publishing_a_revision_is_refused(owner: Person) -> None:
    draft = owner.writes()
    with pytest.raises(NoOtherWayOut):
        draft.latest_revision.publish(user=owner.user)
    with pytest.raises(NoOtherWayOut):
        draft.unpublish(user=owner.user)
    assert_nothing_went_out()


def test_wagtails_own_action_leaves_the_draft_a_draft(owner: Person) -> None:
    draft = owner.writes()
    PublishRevisionAction(draft.latest_revision, user=owner.user).execute(skip_permission_checks=True)
    assert_nothing_went_out()


def test_scheduled_publishing_publishes_nothing(owner: Person) -> None:
    draft = owner.writes()
    owner.browser.post(edit(draft), copy() | {"go_live_at": "2020-01-01 10:00", "action-publish": "1"})
    draft.latest_revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
    draft.latest_revision.save()
    with pytest.raises(NoOtherWayOut):
        call_command("publish_scheduled")
    assert_nothing_went_out()


def test_unpublishing_takes_nothing_down(owner: Person) -> None:
    draft = owner.writes()
    owner.does("publish", draft.story_uid)
    owner.browser.post(f"/desk/drafts/unpublish/{draft.pk}/")
    assert Story.objects.get().state == State.OUT
    assert Act.objects.count() == 1


def test_the_end_of_a_workflow_is_ready_not_out(owner: Person) -> None:
    from django.contrib.contenttypes.models import ContentType

    workflow = Workflow.objects.create(name="Second pair of eyes")
    task = GroupApprovalTask.objects.create(name="Read")
    task.groups.add(Group.objects.get(name="editor"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(
        workflow=workflow, content_type=ContentType.objects.get_for_model(Draft, for_concrete_model=False)
    )
    draft = owner.writes()
    owner.browser.post(edit(draft), copy() | {"action-submit": "1"})
    draft.refresh_from_db()
    assert draft.workflow_in_progress
    state = draft.current_workflow_task_state
    owner.browser.post(f"/desk/drafts/workflow/action/{draft.pk}/approve/{state.pk}/", {"comment": ""})
    draft.refresh_from_db()
    assert not draft.workflow_in_progress
    assert draft.workflow_states.get().status == "approved"
    assert_nothing_went_out()


def test_deleting_a_draft_leaves_the_story(owner: Person) -> None:
    draft = owner.writes()
    owner.does("publish", draft.story_uid)
    owner.browser.post(f"/desk/drafts/delete/{draft.pk}/")
    assert not Draft.objects.exists()
    assert Story.objects.get().state == State.OUT


def test_wagtails_newer_api_is_not_mounted(owner: Person) -> None:
    for address in ("/desk/api/v3/", "/api/v3/", "/api/v2/"):
        assert Client().get(address).status_code in (302, 404)
        assert owner.browser.get(address).status_code == 404
