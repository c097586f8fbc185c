"""A draft as its readers will see it: the site's own page of a card made of the draft, and below it what the wall hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html

from dateline.desk.adapter.cards import card_of
from dateline.desk.models import Draft
from dateline.desk.plain_html import body_html
from dateline.errors import DatelineError
from dateline.formats.body import Body, Picture, pictures_in, split_at_wall
from dateline.formats.filed import FiledCard
from dateline.formats.story_card import PictureFile, StoryCard
from dateline.press import previews
from dateline.story import models as record
from dateline.story import reads
from dateline.story.cards import picture_file

AS_READ: Final = "/desk/as-read/"
"""Stands for the site's root while a page is previewed: pictures that are not out yet are answered below it."""


def preview_response(draft: Draft) -> HttpResponse:
    """The page; where the copy cannot go out as it is, the reason in three parts."""
    try:
        return HttpResponse(preview_page(draft, timezone.now()))
    except DatelineError as refusal:
        return HttpResponse(render_to_string("desk/preview_refused.html", {"refusal": refusal}))


def preview_page(draft: Draft, now: datetime) -> bytes:
    """The page's bytes.

    Raises:
        BodyError, CardError: what in the copy cannot go out.
    """
    filed = card_of(draft)
    locked = filed.locked is not False
    free, below = split_at_wall(filed.body, locked=locked)
    card = _story_card(draft, filed, free, now)
    page = previews.render(card)
    if page is None:
        page = render_to_string("desk/preview_plain.html", {"card": card, "body": body_html(card.body)}).encode()
    return _based(_with_hidden_part(page, below), card.address)


def _story_card(draft: Draft, filed: FiledCard, free: Body, now: datetime) -> StoryCard:
    story = record.Story.objects.filter(uid=draft.story_uid).first()
    out = reads.card(story.address) if story and story.address else None
    sections = tuple(filed.sections)
    shown: dict[str, Any] = {
        "language": filed.language,
        "headline": filed.headline,
        "subheadline": filed.subheadline,
        "slugline": filed.slugline,
        "summary": filed.summary,
        "byline": filed.byline,
        "dateline": filed.dateline,
        "lock_notice": filed.lock_notice,
        "urgency": filed.urgency or 5,
        "sections": sections,
        "locked": filed.locked is not False,
        "body": free,
        "subjects": filed.subjects,
        "pictures": _picture_files(free),
    }
    if out:
        return replace(out, **shown)
    published = (story.published if story else None) or filed.published or filed.embargoed_until or now
    address = (story.address if story else None) or f"{filed.language}/{published:%Y/%m/%d}/preview/"
    return StoryCard(uid=str(draft.story_uid), address=address, take=1, published=published, updated=published, **shown)


def _picture_files(body: Body) -> tuple[PictureFile, ...]:
    refs = [p.src.removeprefix("picture:") for p in pictures_in(body) if isinstance(p, Picture)]
    return tuple(picture_file(picture) for picture in record.Picture.objects.filter(ref__in=refs).order_by("ref"))


def _with_hidden_part(page: bytes, below: Body) -> bytes:
    if not below:
        return page
    part = render_to_string("desk/below_the_wall.html", {"body": body_html(below)}).encode()
    for end in (b"</main>", b"</body>"):
        at = page.rfind(end)
        if at >= 0:
            return page[:at] + part + page[at:]
    return page + part


def _based(page: bytes, address: str) -> bytes:
    """The page's relative links lead where they would lead once it is out; pictures to where the desk has them."""
    base = format_html('<base href="{}" target="_blank">', AS_READ + address).encode()
    head = page.find(b"<head>")
    return page if head < 0 else page[: head + 6] + base + page[head + 6 :]
