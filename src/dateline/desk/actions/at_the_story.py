"""What every act of the desk has in common: the right, one transaction under the register's lock, nothing moved.

Promises kept here:
- the act, its take and what the draft notes of it are written together or not at all;
- an act is done to what the editor saw: another take, or newer copy, refuses it (`desk.story_moved`);
- the record decides whether the act may be; this only asks whether this person and this copy may.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _

from dateline.desk.adapter.cards import card_of
from dateline.desk.errors import CopyHeld, CopyUnfinished, NotConfirmed, StoryMoved
from dateline.desk.models import Draft
from dateline.desk.rights import must
from dateline.formats.filed import FiledCard
from dateline.story import register
from dateline.story.models import Act, Filing, Story


@dataclass(frozen=True, slots=True)
class Decided:
    """What an editor decided, on what they saw.

    Args:
        seen: takes filed of the story when the screen was shown.
        revision: the copy's newest revision then; None for acts that take no copy out.
        compared: they were told that the story has moved, and go on with their copy.
        words: the note to readers, or the reason.
        typed: what was typed to confirm a kill.
    """

    uid: UUID
    seen: int
    revision: int | None = None
    compared: bool = False
    words: str = ""
    typed: str = ""


@dataclass(slots=True)
class AtWork:
    """The story and its draft while the register's lock is held."""

    story: Story | None
    draft: Draft | None

    def copy(self, user: AbstractUser) -> FiledCard:
        """The draft's copy, ready to go out.

        Raises:
            CopyUnfinished: there is no draft, or it has neither headline nor text.
            CopyHeld: somebody else has locked it.
            BodyError, CardError: what in it cannot go out.
        """
        draft = self.draft
        if draft is None:
            raise _unfinished(_("there is no draft of this story"), _("Open the story and write."))
        if draft.is_held_by_another(user):
            raise CopyHeld(
                _("Nothing went out: %(name)s has locked the copy.") % {"name": draft.locked_by},
                _("The copy is kept as it is."),
                _("Ask them, or unlock it and try again."),
                subject=str(draft.story_uid),
            )
        card = card_of(draft.get_latest_revision_as_object())
        if not card.headline and not card.body:
            raise _unfinished(_("the copy has neither headline nor text"), _("Write at least one of them."))
        return card

    def note(self, act: Act | None, copy: FiledCard | None = None) -> None:
        """Note in the draft which take it now stands on, or which take its kept-in copy will make."""
        if self.draft is None:
            return
        story = Story.objects.get(uid=self.draft.story_uid)
        digest = "" if act or copy is None else _digest_when_released(story, copy)
        Draft.objects.filter(pk=self.draft.pk).update(take_seen=story.takes_filed, kept_digest=digest)


@contextmanager
def at_the_story(act: str, user: AbstractUser, decided: Decided) -> Iterator[AtWork]:
    """Hold the register's lock over one act of one person.

    Raises:
        NotAllowed: their role does not give the right.
        StoryMoved: another take came, or the copy was changed, since they looked.
    """
    with register.lock():
        story = Story.objects.select_related("take").filter(uid=decided.uid).first()
        draft = Draft.objects.select_for_update().filter(story_uid=decided.uid).first()
        must(user, act, story or draft)
        _must_not_have_moved(story, draft, decided)
        yield AtWork(story, draft)


def has_moved(story: Story | None, draft: Draft | None) -> bool:
    """Whether the story has a take that the draft was not made from, and that is not the draft's own kept-in copy."""
    if draft is None or story is None or story.takes_filed == draft.take_seen:
        return False
    is_next = story.takes_filed == draft.take_seen + 1
    return not (is_next and story.take and draft.kept_digest and story.take.digest == draft.kept_digest)


def _must_not_have_moved(story: Story | None, draft: Draft | None, decided: Decided) -> None:
    filed = story.takes_filed if story else 0
    if decided.seen != filed or (decided.revision is not None and has_moved(story, draft) and not decided.compared):
        told = {"seen": draft.take_seen if decided.seen == filed and draft else decided.seen, "filed": filed}
        raise StoryMoved(
            _(
                "Nothing went out: the story changed while you were writing (you saw take %(seen)d, there is take %(filed)d)."
            )
            % told,
            _("Your text is kept as a draft."),
            _("Compare the two, then try again."),
            subject=str(decided.uid),
        )
    if decided.revision is not None and draft and draft.latest_revision_id != decided.revision:
        raise StoryMoved(
            _("Nothing went out: the copy was changed after you decided."),
            _("Both versions are kept in the draft's history."),
            _("Read it again, then try again."),
            subject=str(decided.uid),
        )


def must_be_confirmed(story: Story, typed: str) -> None:
    """Refuse what cannot be undone where the word asked for was not typed.

    Raises:
        NotConfirmed: names the word.
    """
    word = confirming_word(story)
    if typed.strip().casefold() != word.casefold():
        raise NotConfirmed(
            _("Nothing was killed: you typed “%(typed)s”, not “%(word)s”.")
            % {"typed": typed.strip()[:80], "word": word},
            _("The story is as it was."),
            _("Type the word exactly, if you mean this story."),
            subject=str(story.uid),
        )


def confirming_word(story: Story) -> str:
    """The slugline, else the headline's first word, else the beginning of the story's identity."""
    take = story.take
    said = (take.slugline or next(iter(take.headline.split()), "")) if take else ""
    return said or str(story.uid)[:8]


def _digest_when_released(story: Story, copy: FiledCard) -> str:
    """The digest of the take that kept-in copy makes when its hour comes (`story.actions.lift.release_due`)."""
    hour: datetime | None = Filing.objects.filter(story=story).values_list("release_at", flat=True).first()
    return replace(copy, published=copy.published or hour).digest()


def _unfinished(because: str, next_step: str) -> CopyUnfinished:
    return CopyUnfinished(
        _("Nothing went out: %(because)s.") % {"because": because}, _("Nothing was changed."), next_step
    )
