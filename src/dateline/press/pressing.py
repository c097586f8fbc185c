"""Following the register: what an act touched is rendered, and what came out different is put in place.

Promises kept here:
- outputs about to change lose their digest in press.db before the first file is touched, and the cursor moves after the
  last one stands: a press killed at any moment renders them again, whatever happened in between;
- a batch's outputs are placed in the surfaces' order: a page before the lists that name it;
- pressing what changed gives the tree that pressing everything gives.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Final

from django.db import router, transaction

from dateline.errors import DatelineError
from dateline.press.compressing import forms
from dateline.press.models import Output, Progress
from dateline.press.placing import Tree
from dateline.press.surfaces import Surface, surfaces
from dateline.story import register
from dateline.story.changes import Change, change_of
from dateline.story.models import Act, ActKind

log = logging.getLogger(__name__)

ACTS_AT_ONCE: Final = 100
"""Acts pressed together when a backlog waits: lists are rendered once for all of them."""

RENDERED_AT_ONCE: Final = 200
"""Outputs of one round: held in memory, distrusted together, put in place together."""

FULL_PRESS_FROM: Final = 3000
"""A backlog of more acts than this is caught up by pressing everything, which costs less for each story."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What one round did; `acts` are those it followed, or the register's length where everything was pressed."""

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
    done = press_paths(tree, touched_by(_changes(acts)))
    if any(act.kind in (ActKind.KILL, ActKind.TAKEDOWN) for act in acts):
        _take_away_unrendered(tree, done)
    with transaction.atomic(using=router.db_for_write(Progress)):
        _save(done)
        Progress.objects.filter(pk=here.pk).update(seq=acts[-1].seq)
    return Pressed(len(acts), done.placed, done.removed, len(done.rows) - done.placed)


def _changes(acts: list[Act]) -> list[Change]:
    """What the acts changed. One that cannot be told is named in the log and stops no other."""
    found = []
    for act in acts:
        try:
            found.append(change_of(act))
        except Exception:
            log.exception(
                "the press cannot tell what act %s changed; `dateline press --all` presses everything", act.seq
            )
    return found


def _take_away_unrendered(tree: Tree, done: Done) -> None:
    """After a kill, what cannot be rendered anew must not go on saying what was killed."""
    for path in done.failed:
        tree.remove(path)
    done.gone += done.failed
    done.removed += len(done.failed)


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
    """What a round did, not yet in press.db.

    Args:
        rows: outputs that stand as they should (path, surface, digest, size), placed now or before.
        gone: paths where nothing stands any more.
        failed: paths that could not be rendered; what stands there is not trusted.
    """

    rows: list[tuple[str, str, str, int]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    placed: int = 0
    removed: int = 0


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


def press_paths(tree: Tree, work: Iterable[tuple[Surface, list[str]]]) -> Done:
    """Render these outputs and put in place what differs from what press.db says stands there."""
    done = Done()
    with ThreadPoolExecutor(max_workers=2) as pool:  # compressing and writing need no interpreter
        for some in _rounds(work):
            paths = [path for _, several in some for path in several]
            known = dict(Output.objects.filter(path__in=paths).values_list("path", "digest"))
            _distrust(some, known)
            put: list[tuple[str, Future[None]]] = []
            for surface, several in some:
                earlier = [one for _, one in put]
                put += _press_some(tree, surface, several, known, done, pool, earlier)
            for path, one in put:
                _told(path, one, done)
    return done


def _press_some(
    tree: Tree,
    surface: Surface,
    paths: list[str],
    known: dict[str, str],
    done: Done,
    pool: Executor,
    earlier: list[Future[None]],
) -> list[tuple[str, Future[None]]]:
    """Render, and leave putting in place to the pool: it goes on while the next surface is rendered."""
    put = []
    for path, content in rendered(surface, paths, done.failed):
        if content is None:
            done.gone.append(path)
            if path in known:
                done.removed += 1
                put.append((path, pool.submit(_remove_after, earlier, tree, path)))
            continue
        made = digest(content)
        done.rows.append((path, surface.name, made, len(content)))
        if known.get(path) != made:
            done.placed += 1
            put.append((path, pool.submit(_put_after, earlier, tree, path, content)))
    return put


def _told(path: str, put: Future[None], done: Done) -> None:
    """One output that cannot be put in place is named, not trusted, and stops no other."""
    try:
        put.result()
    except (OSError, DatelineError):
        log.exception("the press cannot put %s in place", path)
        done.failed.append(path)
        done.rows = [row for row in done.rows if row[0] != path]


def _put_after(earlier: list[Future[None]], tree: Tree, path: str, content: bytes) -> None:
    """Compress at once, but put in place when all of `earlier` is: pages before the lists that name them.

    The pool begins its work in order, so whatever is waited for here has begun.
    """
    made = forms(path, content)
    wait(earlier)
    tree.put_forms(path, made)


def _remove_after(earlier: list[Future[None]], tree: Tree, path: str) -> None:
    wait(earlier)
    tree.remove(path)


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


def _distrust(some: list[tuple[Surface, list[str]]], known: dict[str, str]) -> None:
    """Forget the digests of what may change, so that a killed press is not trusted by the next one."""
    with transaction.atomic(using=router.db_for_write(Output)):
        Output.objects.filter(path__in=list(known)).update(digest="")
        named = ((path, surface.name) for surface, paths in some for path in paths if path not in known)
        fresh = [Output(path=path, surface=name, digest="", size=0) for path, name in named]
        Output.objects.bulk_create(fresh, ignore_conflicts=True)


def _save(done: Done) -> None:
    for start in range(0, len(done.gone), RENDERED_AT_ONCE):
        Output.objects.filter(path__in=done.gone[start : start + RENDERED_AT_ONCE]).delete()
    rows = [Output(path=path, surface=name, digest=made, size=size) for path, name, made, size in done.rows]
    Output.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["path"], update_fields=["surface", "digest", "size"], batch_size=200
    )


def press_unfinished(tree: Tree) -> Pressed:
    """Try again what a killed or failed press left without a digest."""
    left: dict[str, list[str]] = {}
    # Literal, as in the index's own condition, so that a million finished outputs are not read.
    for path, name in Output.objects.extra(where=["digest = ''"]).values_list("path", "surface"):
        left.setdefault(name, []).append(path)
    if not left:
        return Pressed()
    done = press_paths(tree, [(surface, left[surface.name]) for surface in surfaces() if surface.name in left])
    with transaction.atomic(using=router.db_for_write(Output)):
        _save(done)
    return Pressed(0, done.placed, done.removed, len(done.rows) - done.placed)


def catch_up(tree: Tree, press_everything: Callable[[], Pressed], limit: int = ACTS_AT_ONCE) -> Pressed:
    """Press until the cursor stands at the register's end. Everything, where the recipe changed or much waits."""
    here = progress()
    much = here.recipe != recipe() or register.last_seq() - here.seq > FULL_PRESS_FROM
    total = press_everything() if much else Pressed()
    while (some := press_next(tree, limit)).acts:
        total = Pressed(
            total.acts + some.acts, total.placed + some.placed, total.removed + some.removed, total.same + some.same
        )
    press_unfinished(tree)
    return total
