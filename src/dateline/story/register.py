"""The register: one lock, one order, one chain; and who is told that it grew.

Promises kept here:
- order of commit is the order of `seq`: whoever acts holds `lock()` until its transaction ends;
- `chain` of a row is SHA-256 over the row and the chain before it, so a row changed by hand is found;
- nothing here talks to the outside; listeners run after the commit and may be lost, followers never are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import connections, router, transaction
from django.db.models import Max

from dateline.story.models import Act, Story, Take

_LOCK_KEY: Final = 0x64617465  # any number that is ours alone in the database
_listeners: list[Callable[[], object]] = []


@contextmanager
def lock() -> Iterator[None]:
    """One transaction that no other act shares time with.

    SQLite's IMMEDIATE transactions are the lock there; PostgreSQL takes an advisory one that ends with the transaction.
    """
    alias = router.db_for_write(Act)
    with transaction.atomic(using=alias):
        connection = connections[alias]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_KEY])
        yield
        transaction.on_commit(_tell, using=alias, robust=True)


def listen(told: Callable[[], object]) -> None:
    """Call `told` after each commit of acts: a nudge, not a delivery."""
    if told not in _listeners:
        _listeners.append(told)


def _tell() -> None:
    for told in _listeners:
        told()


def last_seq() -> int:
    return Act.objects.aggregate(last=Max("seq"))["last"] or 0


def last_chain() -> str:
    return Act.objects.order_by("-seq").values_list("chain", flat=True).first() or ""


def chain(before: str, act: Act, story: Story, take: Take | None) -> str:
    """The chain of a row: SHA-256 over the one before and everything the row says."""
    at: datetime = act.at
    said = (before, act.seq, act.kind, story.uid, take.number if take else "", take.digest if take else "")
    told = (at.isoformat(timespec="microseconds"), act.by, act.why)
    return hashlib.sha256("\x1f".join(map(str, said + told)).encode()).hexdigest()


def follow(after: int, limit: int) -> list[Act]:
    """The acts after a cursor, in order."""
    return list(Act.objects.filter(seq__gt=after).select_related("story", "take").order_by("seq")[:limit])


def broken_at() -> int | None:
    """The first row whose chain does not hold, None where all do."""
    before, expected = "", 1
    for act in Act.objects.select_related("story", "take").order_by("seq").iterator(chunk_size=2000):
        if act.seq != expected or act.chain != chain(before, act, act.story, act.take):
            return act.seq
        before, expected = act.chain, act.seq + 1
    return None
