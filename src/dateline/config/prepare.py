"""Making a newsroom: the folder, its settings, keys and tables, the first chief. Safe to do again at every start."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dateline.config.secrets import make_secret_key

TEMPLATE: Final = Path(__file__).with_name("newsroom.toml")
"""The plain newsroom that a first run writes where there is none."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A newsroom ready to run.

    Args:
        languages: tags of the fronts, the default one first.
        stories: how many are out.
        sign_in: name and password of the first chief, only in the run that made them; they stand nowhere else.
    """

    data: Path
    site_url: str
    languages: tuple[str, ...]
    stories: int
    sign_in: tuple[str, str] | None = field(default=None, repr=False)


def use(data: Path, *, rooms: str = "all") -> None:
    """Point this process at a newsroom and start Django."""
    os.environ["DATELINE_DATA"] = str(data.resolve())
    os.environ["DATELINE_ROOMS"] = rooms
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.one")
    import django

    django.setup()


def prepare(data: Path, *, rooms: str = "all") -> Prepared:
    """Make what is missing of a newsroom, and bring its tables up to date.

    Raises:
        NewsroomError: newsroom.toml says something that cannot be; nothing was changed.
    """
    make_folder(data)
    use(data, rooms=rooms)
    from django.conf import settings
    from django.core.management import call_command

    from dateline.story.models import State, Story
    from dateline.story.newsroom import newsroom
    from dateline.story.sectioning import sync_sections

    room = newsroom()
    for database in settings.DATABASES:
        call_command("migrate", database=database, verbosity=0, interactive=False)
    _keep_private(data)
    sync_sections(room)
    sign_in = _first_person() if rooms == "all" else None
    out = Story.objects.filter(state=State.OUT).count()
    languages = tuple(dict.fromkeys((room.default_language, *room.languages)))
    return Prepared(data, room.site_url, languages, out, sign_in)


def make_folder(data: Path, template: Path = TEMPLATE) -> None:
    """The newsroom's folder with its settings and key; what is there stays."""
    data.mkdir(parents=True, exist_ok=True)
    make_secret_key(data)
    settings_file = data / "newsroom.toml"
    if not settings_file.exists():
        settings_file.write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
    (data / "public").mkdir(exist_ok=True)


def _keep_private(data: Path) -> None:
    """Locked text, drafts, accounts and pictures that are not out are for their owner's eyes on a shared machine.

    `public/` stays readable, for a web server of another account.
    """
    for kept in data.glob("*.db*"):  # SQLite's -wal and -shm too
        kept.chmod(0o600)
    (data / "media").mkdir(exist_ok=True)
    (data / "media").chmod(0o700)


def _first_person() -> tuple[str, str] | None:
    from dateline.desk.actions.first_person import make_first_person

    password = make_first_person("chief")
    return ("chief", password) if password else None
