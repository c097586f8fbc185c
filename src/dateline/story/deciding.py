"""What a filed card means for the record: pure, from the card, what is known of its story, and the hour.

The rules are the contract's ("What `dateline import --publish` does with a card"); doing them is elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from dateline.formats.filed import FiledCard
from dateline.story.models import ActKind, Lock, State


class Outcome(StrEnum):
    MADE = "made"
    CHANGED = "changed"
    SAME = "same"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Known:
    """What the record holds of a story: its state, lock, the version last filed, the digests of all, whether copy waits."""

    state: str
    lock: str
    version: str
    digests: frozenset[str]
    waits: bool
    release_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do: an act, or to keep the copy in (`keep`), until `release_at` where that is set."""

    outcome: Outcome
    act: ActKind | None = None
    keep: bool = False
    release_at: datetime | None = None
    reason: str = ""


SAME: Final = Decision(Outcome.SAME)
STORY_KINDS: Final = ("story", "headline")


def skipped(reason: str) -> Decision:
    return Decision(Outcome.SKIPPED, reason=reason)


def decide(card: FiledCard, known: Known | None, now: datetime, *, publish: bool) -> Decision:
    """What filing this card does. `publish` is the wish that what may go out goes out."""
    if card.kind not in STORY_KINDS:
        return skipped(f"a {card.kind} item is not a story")
    if card.status == "canceled":
        return _decide_kill(known, publish=publish)
    refusal = known and _refused(card, known)
    if refusal:
        return skipped(refusal)
    if known and not _is_news(card, known) and not _should_go_out(card, known, now, publish=publish):
        return SAME
    outcome = Outcome.CHANGED if known else Outcome.MADE
    if not publish or card.status in ("draft", "withheld"):
        return Decision(outcome, keep=True)
    hour = release_hour(card, now)
    if hour or card.status == "embargoed":
        # An embargo without an hour is kept in until somebody lifts it.
        return Decision(outcome, keep=True, release_at=hour)
    return Decision(outcome, act=_act_for(card, known))


def release_hour(card: FiledCard, now: datetime) -> datetime | None:
    """When the card may go out; None where that is now (or, for an embargo without an hour, not said)."""
    hours = [hour for hour in (card.embargoed_until, card.published) if hour and hour > now]
    return max(hours, default=None)


def _decide_kill(known: Known | None, *, publish: bool) -> Decision:
    if known is None:
        return skipped("a kill for a story that is not here")
    if known.state == State.KILLED:
        return SAME
    if not publish:
        return skipped("a kill is carried out with --publish only")
    return Decision(Outcome.CHANGED, act=ActKind.KILL)


def _refused(card: FiledCard, known: Known) -> str:
    if known.state == State.KILLED:
        return "" if not _is_news(card, known) else "the story was killed, and a kill is final"
    if known.state == State.OUT and known.lock == Lock.FREE and card.locked:
        return "the story is out for everybody; locking it now would hide nothing"
    return ""


def _is_news(card: FiledCard, known: Known) -> bool:
    """Whether the card says more than what was last filed: by version where both have one, by content otherwise."""
    if card.version is None or not known.version:
        return card.digest() not in known.digests
    return _order(str(card.version)) > _order(known.version)


def _order(version: str) -> tuple[int, str]:
    return (int(version), "") if version.isascii() and version.isdigit() and len(version) < 19 else (0, version)


def _should_go_out(card: FiledCard, known: Known, now: datetime, *, publish: bool) -> bool:
    """Copy that was only kept in and may go out now; or whose hour was not set yet."""
    if not publish or not known.waits or card.status in ("draft", "withheld") or known.state == State.KILLED:
        return False
    hour = release_hour(card, now)
    if hour is None:
        return card.status != "embargoed"
    return hour != known.release_at


def _act_for(card: FiledCard, known: Known | None) -> ActKind:
    if known is None or known.state != State.OUT:
        return ActKind.PUBLISH
    return ActKind.CORRECT if card.signal == "correction" and correction_note(card) else ActKind.UPDATE


def correction_note(card: FiledCard) -> str:
    """What readers are told was wrong: the card's note, or the newest of its corrections."""
    return card.note or (card.corrections[-1].note if card.corrections else "")
