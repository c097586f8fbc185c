"""Old addresses: a small page where an imported story once stood, that leads to where it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from dateline.press.surfaces import Surface
from dateline.site import links
from dateline.site.house import House, house
from dateline.site.interface import texts
from dateline.site.old_paths import old_paths_of, output_of
from dateline.site.pages import part
from dateline.site.recipe import recipe
from dateline.story import reads
from dateline.story.changes import Change


def touched(change: Change) -> list[str]:
    languages = house().languages
    outputs = (_answered(path, languages) for path in change.old_paths)
    return list(dict.fromkeys(output for output in outputs if output))


def every() -> Iterator[str]:
    at = house()
    seen: set[str] = set()
    for path, address in reads.redirects():
        output = _answered(path, at.languages)
        if output and output not in seen and links.language_of(address) in at.languages:
            seen.add(output)
            yield output


def _answered(old_path: str, languages: tuple[str, ...]) -> str:
    """The output of an old path; "" where there is none, or where it is spelt so that we could not find it again."""
    output = output_of(old_path, languages)
    return output if output and old_path in old_paths_of(output) else ""


def render(paths: list[str]) -> Iterable[tuple[str, bytes | None]]:
    at = house()
    ways = {path: old_paths_of(path) for path in paths}
    stories = dict(reads.redirects([way for found in ways.values() for way in found]))
    for path, written in ways.items():
        found = sorted(way for way in written if way in stories and _answered(way, at.languages) == path)
        targets = [stories[way] for way in found if links.language_of(stories[way]) in at.languages]
        yield path, redirect_page(path, targets[0], at) if targets else None


def redirect_page(path: str, address: str, house: House) -> bytes:
    """A page that a browser leaves at once, and a plain link for whatever does not. Relative, as all our links."""
    html = part(
        "redirect",
        t=texts(links.language_of(address)),
        href=links.root_of(path) + quote(address),
        canonical=house.absolute(address),
    )
    return html.encode()


SURFACE = Surface("redirect", 15, touched, every, render, recipe)
