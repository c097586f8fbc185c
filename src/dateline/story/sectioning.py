"""From a section's name as somebody wrote it to a section of ours."""

from __future__ import annotations

from dateline.names.slugs import slug
from dateline.story.models import Section
from dateline.story.newsroom import RESERVED, Newsroom


def sync_sections(room: Newsroom) -> None:
    """Make the record's sections say what newsroom.toml says: those are listed, in its order."""
    for position, setting in enumerate(room.sections):
        said = {
            "labels": dict(setting.labels),
            "media_topic": setting.media_topic,
            "position": position,
            "listed": True,
        }
        Section.objects.update_or_create(slug=setting.slug, defaults=said)
    Section.objects.exclude(slug__in=[s.slug for s in room.sections]).filter(listed=True).update(listed=False)


class SectionDesk:
    """Finds sections by slug or by a label in any language, and makes those that are new, unlisted."""

    def __init__(self) -> None:
        self._slugs: dict[str, str] = {}
        for known in Section.objects.all():
            self._learn(known)

    def _learn(self, section: Section) -> None:
        for name in (section.slug, *section.labels.values()):
            self._slugs.setdefault(name.casefold(), section.slug)

    def slugs(self, names: tuple[str, ...], language: str) -> list[str]:
        """The sections' slugs, in order, each once."""
        return list(dict.fromkeys(self._slug(name, language) for name in names))

    def _slug(self, name: str, language: str) -> str:
        known = self._slugs.get(name.casefold())
        if known:
            return known
        made = slug(name, language)[:60] or "section"
        base, number = made[:55], Section.objects.count()
        while made in RESERVED or Section.objects.filter(slug=made).exists():
            number += 1
            made = f"{base}-{number}"
        section = Section.objects.create(slug=made, labels={language: name}, position=1000)
        self._learn(section)
        return section.slug
