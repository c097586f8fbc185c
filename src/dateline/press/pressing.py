"""Following the register: what an act touched is rendered, and what came out different is put in place.

Promises kept here:
- outputs about to change lose their digest in press.db before the first file is touched, and the cursor moves after the
  last one stands: a press killed at any moment renders them again, whatever happened in between;
- a batch's outputs are placed in the surfaces' order: a page before the lists that name it;
- pressing what changed gives the tree that pressing everything gives.
"""

from __future__ import annotations

import hashlib
import itertools
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from django.db import router, transaction

from dateline.press.compressing import forms
from dateline.press.models import Output, Progress
from dateline.press.placing import Tree
from dateline.press.surfaces import Surface, surfaces
from dateline.story import register
from dateline.story.changes import Change, change_of

log = logging.getLogger(__name__)

ACTS_AT_ONCE: Final = 100
"""Acts pressed together when a backlog waits: lists are rendered once for all of them."""

RENDERED_AT_ONCE: Final = 200
"""Outputs of one round: held in memory, distrusted together, put in place together."""

FULL_PRESS_FROM: Final = 3000
"""A backlog of more acts than this is caught up by pressing everything, which costs less for each story."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What one round did."""

    acts: int = 0
    placed: int = 0
    removed: int = 0
    same: int = 0


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def recipe() -> str:
    """A digest of all that outputs are made with beside the record."""
    made = hashlib.sha256()
    for surface in surfaces():
        made.update(surface.name.encode() + b"\0" + surface.recipe() + b"\0")
    return made.hexdigest()


def progress() -> Progress:
    return Progress.objects.get_or_create(pk=1)[0]


def press_next(tree: Tree, limit: int = ACTS_AT_ONCE) -> Pressed:
    """Press the next acts after the cursor; nothing where there are none."""
    here = progress()
    acts = register.follow(here.seq, limit)
    if not acts:
        return Pressed()
    done = press_paths(tree, touched_by([change_of(act) for act in acts]))
    with transaction.atomic(using=router.db_for_write(Progress)):
        _save(done)
        Progress.objects.filter(pk=here.pk).update(seq=acts[-1].seq)
    return Pressed(len(acts), len(done.placed), len(done.removed), done.same)


def touched_by(changes: list[Change]) -> list[tuple[Surface, list[str]]]:
    """Each surface, in order, with the paths that these changes touch."""
    found = []
    for surface in surfaces():
        paths = dict.fromkeys(path for change in changes for path in surface.touched(change))
        if paths:
            found.append((surface, list(paths)))
    return found


@dataclass(slots=True)
class Done:
    """Outputs placed (path, surface, digest, size) and removed by a round, not yet in press.db."""

    placed: list[tuple[str, str, str, int]]
    removed: list[str]
    failed: list[str]
    same: int = 0


def rendered(surface: Surface, paths: list[str], failed: list[str]) -> list[tuple[str, bytes | None]]:
    """What `surface.render` gives; where it breaks, one path at a time, so that one bad story stops no other.

    A path that cannot be rendered is named in `failed` and in the log; what stands there stays as it is.
    """
    try:
        return list(surface.render(paths))
    except Exception:
        if len(paths) == 1:
            log.exception("the press cannot render %s of surface %s", paths[0], surface.name)
            failed.extend(paths)
            return []
    return [one for path in paths for one in rendered(surface, [path], failed)]


@dataclass(slots=True)
class Changed:
    """An output that came out different: its new bytes, being compressed while the next is rendered."""

    path: str
    surface: str
    digest: str
    size: int
    forms: Future[list[tuple[str, bytes]]]


def press_paths(tree: Tree, work: Iterable[tuple[Surface, list[str]]]) -> Done:
    """Render these outputs and put in place what differs from what press.db says stands there."""
    done = Done([], [], [])
    with ThreadPoolExecutor(max_workers=2) as pool:  # compressing and writing need no interpreter
        for some in _rounds(work):
            placing: list[Changed] = []
            removing: list[str] = []
            known = _known([path for _, paths in some for path in paths])
            for surface, paths in some:
                _render_some(surface, paths, known, pool, done, placing, removing)
            _distrust(placing, removing)
            _put_in_order(tree, placing, pool)
            for path in removing:
                tree.remove(path)
            done.placed += [(one.path, one.surface, one.digest, one.size) for one in placing]
            done.removed += removing
    return done


def _rounds(work: Iterable[tuple[Surface, list[str]]]) -> Iterator[list[tuple[Surface, list[str]]]]:
    """The work in rounds of at most `RENDERED_AT_ONCE` outputs, in order."""
    some: list[tuple[Surface, list[str]]] = []
    room = RENDERED_AT_ONCE
    for surface, paths in work:
        while paths:
            some.append((surface, paths[:room]))
            paths, room = paths[room:], room - len(paths[:room])
            if not room:
                yield some
                some, room = [], RENDERED_AT_ONCE
    if some:
        yield some


def _known(paths: list[str]) -> dict[str, str]:
    return dict(Output.objects.filter(path__in=paths).values_list("path", "digest"))


def _render_some(
    surface: Surface,
    paths: list[str],
    known: dict[str, str],
    pool: Executor,
    done: Done,
    placing: list[Changed],
    removing: list[str],
) -> None:
    for path, content in rendered(surface, paths, done.failed):
        if content is None:
            if path in known:
                removing.append(path)
        elif known.get(path) != (made := digest(content)):
            forms_made = pool.submit(forms, path, content)
            placing.append(Changed(path, surface.name, made, len(content), forms_made))
        else:
            done.same += 1


def _distrust(placing: list[Changed], removing: list[str]) -> None:
    """Forget the digests of what is about to change, so that a killed press is not trusted by the next one."""
    if not placing and not removing:
        return
    with transaction.atomic(using=router.db_for_write(Output)):
        Output.objects.filter(path__in=[*(one.path for one in placing), *removing]).update(digest="")
        fresh = [Output(path=one.path, surface=one.surface, digest="", size=0) for one in placing]
        Output.objects.bulk_create(fresh, ignore_conflicts=True)


def _put_in_order(tree: Tree, placing: list[Changed], pool: Executor) -> None:
    """A surface's outputs side by side, one surface after the other: pages before the lists that name them."""
    for _, outputs in itertools.groupby(placing, key=lambda one: one.surface):
        list(pool.map(lambda one: tree.put_forms(one.path, one.forms.result()), outputs))


def _save(done: Done) -> None:
    if done.removed:
        Output.objects.filter(path__in=done.removed).delete()
    rows = [Output(path=path, surface=name, digest=made, size=size) for path, name, made, size in done.placed]
    Output.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["path"], update_fields=["surface", "digest", "size"], batch_size=200
    )


def catch_up(tree: Tree, press_everything: Callable[[], Pressed], limit: int = ACTS_AT_ONCE) -> Pressed:
    """Press until the cursor stands at the register's end. Everything, where the recipe changed or much waits."""
    here = progress()
    much = here.recipe != recipe() or register.last_seq() - here.seq > FULL_PRESS_FROM
    total = press_everything() if much else Pressed()
    while (some := press_next(tree, limit)).acts:
        total = Pressed(
            total.acts + some.acts, total.placed + some.placed, total.removed + some.removed, total.same + some.same
        )
    return total
