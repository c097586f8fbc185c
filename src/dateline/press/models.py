"""What stands in `public/`, and how far the press has come. All of it can be made again from the record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Output(models.Model):
    """One output in place: its path below `public/`, its surface, and the digest of its bytes."""

    path = models.CharField(max_length=1100, primary_key=True)
    surface = models.CharField(max_length=20)
    digest = models.CharField(max_length=32)
    size = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["path"], name="output_unfinished", condition=Q(digest=""))]

    def __str__(self) -> str:
        return self.path


class Progress(models.Model):
    """The press's cursor in the register and the recipe its outputs were made by. One row."""

    seq = models.BigIntegerField(default=0)
    recipe = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"pressed to {self.seq}"
