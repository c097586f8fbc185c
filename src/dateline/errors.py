"""Every error a person may see, in three parts: what happened, what was kept, what to do next.

Promises kept here:
- each error class has a fixed `code` ("room.name") that screens, the API and the docs can name;
- the three parts are always present, so no surface has to invent one;
- nothing here holds locked text, an address or a key: errors are logged and logs get seized.
"""

from __future__ import annotations


class DatelineError(Exception):
    """A refusal told to a person.

    Args:
        happened: what went wrong, with both values where two disagree.
        kept: what is safe and where ("Nothing was changed." is an answer).
        next_step: what the person can do now.
        subject: the file, story or address it is about, shown first where there are many.
    """

    code = "dateline.error"

    def __init__(self, happened: str, kept: str, next_step: str, *, subject: str = "") -> None:
        self.happened = happened
        self.kept = kept
        self.next_step = next_step
        self.subject = subject
        super().__init__(self.one_line())

    def one_line(self) -> str:
        """The error as `SUBJECT: what is wrong: what was kept` (contract: dateline parse)."""
        parts = [self.subject, self.happened.rstrip("."), self.kept.rstrip(".")]
        return ": ".join(part for part in parts if part)

    def as_dict(self) -> dict[str, str]:
        """The error for `--json` and the API."""
        shown = {"code": self.code, "happened": self.happened, "kept": self.kept, "next": self.next_step}
        return {"subject": self.subject, **shown} if self.subject else shown


class BodyError(DatelineError):
    """A body that is not ours: an unknown block, mark or field. Never dropped in silence."""

    code = "formats.body"


class CardError(DatelineError):
    """A story card with a field of the wrong shape."""

    code = "formats.card"


class UnreadableFile(DatelineError):
    """An input file that gives no story: wrong format, broken beyond repair, too large, or hostile."""

    code = "formats.unreadable"


class ActRefused(DatelineError):
    """An act (publish, update, correct, kill, takedown, lift) that may not happen now."""

    code = "story.act_refused"


class UnknownStory(ActRefused):
    """No such story, or not yours: one text for both."""

    code = "story.unknown"


class NewsroomError(DatelineError):
    """The newsroom folder cannot be used: missing, locked by another run, or its settings are wrong."""

    code = "config.newsroom"
