"""The record: stories, their takes, and the register of acts over them.

Promises kept here:
- a take is written once and never changed; locked blocks stand in a table of their own (`LockedBody`);
- the register is append-only, its numbers have no gaps, and each row carries the chain of all before it;
- what is not out (a draft, an embargoed copy, a kept-in import) stands in `Filing`, which no follower reads.

Only `story.actions` writes here, holding the register's lock; so the numbers of stories and takes are given by us, and a
story and its take can be written in one go.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from dateline.story.fields import Utf8Json


class Lock(models.TextChoices):
    """Unknown counts as locked wherever it is asked."""

    FREE = "free"
    LOCKED = "locked"
    UNKNOWN = "unknown"


class State(models.TextChoices):
    IN = "in", "kept in"
    OUT = "out"
    KILLED = "killed"
    TAKEN_DOWN = "down", "taken down"


class ActKind(models.TextChoices):
    PUBLISH = "publish"
    UPDATE = "update"
    CORRECT = "correct"
    KILL = "kill"
    TAKEDOWN = "takedown"


class Section(models.Model):
    """Where stories are filed. `listed` ones stand in every page's navigation; the rest only label their stories."""

    slug = models.CharField(max_length=60, unique=True)
    labels = models.JSONField(default=dict, encoder=Utf8Json)
    media_topic = models.CharField(max_length=20, blank=True)
    position = models.PositiveIntegerField(default=0)
    listed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position", "slug"]

    def __str__(self) -> str:
        return self.slug


class Name(models.Model):
    """A person, place or body, and how it is spelt."""

    slug = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, default="person")
    spellings = models.JSONField(default=dict, encoder=Utf8Json)

    def __str__(self) -> str:
        return self.slug


class Story(models.Model):
    """A piece over its whole life. `address`, `published` and `day` are frozen when its first take goes out."""

    id = models.BigIntegerField(primary_key=True)
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    group = models.UUIDField(db_index=True, editable=False)
    language = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, default="story")
    state = models.CharField(max_length=8, choices=State.choices, default=State.IN)
    lock = models.CharField(max_length=8, choices=Lock.choices, default=Lock.UNKNOWN)
    address = models.CharField(max_length=200, unique=True, null=True)  # noqa: DJ001 - absent until out
    published = models.DateTimeField(null=True)
    updated = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    section = models.CharField(max_length=60, blank=True)
    corrected = models.BooleanField(default=False)
    takes_filed = models.PositiveIntegerField(default=0)
    take = models.ForeignKey("Take", null=True, on_delete=models.PROTECT, related_name="+")
    filed_id = models.CharField(max_length=2000, unique=True, null=True)  # noqa: DJ001 - desk stories have none
    filed_version = models.CharField(max_length=200, blank=True)
    filed_digests = models.TextField(blank=True)
    """Digests of every copy filed, so that a sender's old copy seen again is not taken for news."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["language", "-published", "id"], name="story_newest", condition=Q(state="out")),
            models.Index(
                fields=["language", "section", "-published", "id"], name="story_in_section", condition=Q(state="out")
            ),
            models.Index(fields=["language", "day"], name="story_by_day", condition=Q(state="out")),
            models.Index(fields=["day"], name="story_every_day", condition=Q(state="out")),
            models.Index(
                fields=["language", "-updated"], name="story_withdrawn", condition=Q(state__in=("killed", "down"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def is_locked(self) -> bool:
        return self.lock != Lock.FREE


class Take(models.Model):
    """One version that went out. `body` is the free part; what stands below the wall is not in this row."""

    id = models.BigIntegerField(primary_key=True)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="takes")
    number = models.PositiveIntegerField()
    filed_at = models.DateTimeField()
    headline = models.TextField(blank=True)
    subheadline = models.TextField(blank=True)
    slugline = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    byline = models.TextField(blank=True)
    dateline = models.JSONField(default=dict, encoder=Utf8Json)
    urgency = models.PositiveSmallIntegerField(default=5)
    sections = models.JSONField(default=list, encoder=Utf8Json)
    subjects = models.JSONField(default=list, encoder=Utf8Json)
    body = models.JSONField(default=list, encoder=Utf8Json)
    locked = models.BooleanField(default=True)
    lock_notice = models.TextField(blank=True)
    corrections = models.JSONField(default=list, encoder=Utf8Json)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["story", "number"], name="take_once")]

    def __str__(self) -> str:
        return f"{self.story_id}/{self.number}"


class LockedBody(models.Model):
    """The blocks below a take's wall. Read through `story.locked.open_locked` alone."""

    take = models.OneToOneField(Take, primary_key=True, on_delete=models.PROTECT, related_name="+")
    body = models.JSONField(encoder=Utf8Json)

    def __str__(self) -> str:
        return str(self.take_id)


class Filing(models.Model):
    """Copy that is not out: a draft, a withheld or embargoed card. At most one a story; an act uses it up."""

    story = models.OneToOneField(Story, primary_key=True, on_delete=models.CASCADE, related_name="filing")
    card = models.JSONField(encoder=Utf8Json)
    received = models.DateTimeField()
    release_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["release_at"], name="filing_due", condition=Q(release_at__isnull=False))
        ]

    def __str__(self) -> str:
        return str(self.story_id)


class Act(models.Model):
    """One row of the register: what the newsroom did to the outside."""

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=ActKind.choices)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="acts")
    take = models.ForeignKey(Take, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    why = models.TextField(blank=True)
    chain = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Follower(models.Model):
    """How far a follower of the register has come. The press keeps its own beside its outputs."""

    name = models.CharField(max_length=60, primary_key=True)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.seq}"


class InSection(models.Model):
    """The public stories of a section, in the order of its list. Rows exist only while a story is out."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    section = models.CharField(max_length=60)
    language = models.CharField(max_length=20)
    published = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["language", "section", "-published", "story_id"], name="in_section_newest")
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["story", "section"], name="in_section_once")]

    def __str__(self) -> str:
        return f"{self.section}/{self.story_id}"


class DayTally(models.Model):
    """How many stories of a language are out that were first published on a day."""

    language = models.CharField(max_length=20)
    day = models.DateField()
    stories = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["language", "day"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.language} {self.day}: {self.stories}"


class StoryLink(models.Model):
    """From one story to another, joined by the desk (`related`) or in the text (`inline`).

    Made when the take goes out, at most `MOST_LINKS_TO` to one story: a kill must leave every page that
    names the story within a second, whatever was written before.
    """

    source = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="links_in")
    inline = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "target", "inline"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.source_id} to {self.target_id}"


class Redirect(models.Model):
    """An old address that came with an import, and the story that stands there now."""

    path = models.CharField(max_length=1000, unique=True)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="redirects")

    def __str__(self) -> str:
        return self.path


class Picture(models.Model):
    """A picture taken in: the sizes made of it, without the camera's data. Named by what is in it, not by its file."""

    ref = models.CharField(max_length=32, primary_key=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sizes = models.JSONField(encoder=Utf8Json)

    def __str__(self) -> str:
        return self.ref


class PictureUse(models.Model):
    """Which public story shows which picture. Rows exist only while the story is out and the picture in its free part."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["story", "picture"], name="picture_use_once")]

    def __str__(self) -> str:
        return f"{self.picture_id} in {self.story_id}"
