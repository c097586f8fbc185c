"""A draft as a filed card, and a filed card as a draft: every field the desk knows, exactly.

`card_of(filled(card)) == desk_card(card)`: what the desk does not keep is what the record keeps (identity it was filed
under, version, corrections told so far) or what only says how a file was read (source, repairs, notes on times).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from dateline.desk.adapter.stream import from_stream, held, to_stream
from dateline.desk.models import Draft
from dateline.formats import filed
from dateline.formats.filed import FiledCard
from dateline.formats.story_card import Dateline
from dateline.story.identity import uid_of
from dateline.story.models import Lock

LINES: Final = ("language", "headline", "subheadline", "slugline", "summary", "byline", "note", "lock_notice", "slug")
LOCKED: Final = {Lock.FREE.value: False, Lock.LOCKED.value: True}


def desk_card(card: FiledCard) -> FiledCard:
    """The card as the desk keeps it. The order of the sections stays: the first is the main one."""
    dateline = card.dateline if card.dateline and card.dateline != Dateline("") else None
    return FiledCard(
        id=str(uid_of(card.id)),
        urgency=card.urgency or 5,
        dateline=dateline,
        body=held(card.body),
        translation_of=str(uid_of(card.translation_of)) if card.translation_of else "",
        **{key: getattr(card, key) for key in LINES if key not in ("slug",)},
        **{key: getattr(card, key) for key in _SAME},
    )


_SAME: Final = ("slug", "published", "embargoed_until", "sections", "subjects", "locked", "related")


def fill(draft: Draft, card: FiledCard) -> Draft:
    """Put a card's copy into a draft; nothing is saved."""
    kept = desk_card(card)
    said = filed.to_json(kept)
    draft.story_uid = uid_of(kept.id)
    for key in LINES:
        setattr(draft, key, getattr(kept, key))
    draft.urgency = kept.urgency or 5
    draft.section = kept.sections[0] if kept.sections else ""
    draft.also_in = list(kept.sections[1:])
    draft.lock = "" if kept.locked is None else (Lock.LOCKED.value if kept.locked else Lock.FREE.value)
    draft.embargo_until, draft.published = kept.embargoed_until, kept.published
    draft.translation_of = uid_of(kept.translation_of) if kept.translation_of else None
    draft.subjects, draft.related = said.get("subjects", []), said.get("related", [])
    opening = kept.dateline or Dateline("")
    draft.dateline_text, draft.dateline_place = opening.text, opening.place
    draft.dateline_date, draft.dateline_agency = opening.date, opening.agency
    draft.body = to_stream(kept.body)
    return draft


def card_of(draft: Draft) -> FiledCard:
    """The copy of a draft, as it would be filed.

    Raises:
        BodyError: a block that is not ours, or cannot be shown; names it.
        CardError: a field that cannot be filed; names it.
    """
    said: dict[str, Any] = {key: getattr(draft, key) for key in LINES}
    said |= {"id": str(draft.story_uid), "urgency": draft.urgency, "locked": LOCKED.get(draft.lock)}
    said |= {"sections": [draft.section, *draft.also_in], "subjects": draft.subjects, "related": draft.related}
    said["translation_of"] = str(draft.translation_of or "")
    for key, when in (("published", draft.published), ("embargoed_until", draft.embargo_until)):
        said[key] = when.isoformat() if when else None
    said["dateline"] = _dateline(draft)
    return replace(filed.from_json(said), body=from_stream(raw_body(draft)))


def raw_body(draft: Draft) -> Any:
    """The editor's blocks as they are stored."""
    return draft._meta.get_field("body").get_prep_value(draft.body)


def _dateline(draft: Draft) -> dict[str, str]:
    day = draft.dateline_date.isoformat() if draft.dateline_date else ""
    told = {"text": draft.dateline_text, "place": draft.dateline_place, "date": day, "agency": draft.dateline_agency}
    return {key: value for key, value in told.items() if value}
