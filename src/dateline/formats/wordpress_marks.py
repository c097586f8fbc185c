"""WordPress's own marks in a post: block comments, shortcodes and line ends, made into plain HTML before it is read.

Promises kept here:
- a bracketed word is a shortcode only where it looks like one (attributes, a closing tag, or a known name): an
  editor's "[sic]" and "[western neighbours]" stay in the copy;
- what a shortcode encloses stays; a shortcode that goes is named in `repairs`;
- text behind a members-only mark stands below a wall.

Sources: WordPress handbook, Shortcode API and Block Grammar; `wpautop` for what a line end means.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

_SHORTCODE: Final = re.compile(r"\[(/?)([A-Za-z][A-Za-z0-9_-]{1,40})((?:\s[^\[\]<>]{0,2000})?)\]")
_ATTRIBUTE: Final = re.compile(r"""([A-Za-z][A-Za-z0-9_-]{0,40})\s?=\s?(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_KNOWN: Final = frozenset(
    ("caption", "wp_caption", "embed", "gallery", "audio", "video", "playlist", "youtube", "vimeo", "more")
)
_MEMBERS: Final = re.compile(r"member|restrict|paywall|premium|subscri|protected|private", re.I)
_MEMBERS_BLOCK: Final = re.compile(
    r"<!--\s+wp:[a-z0-9/-]*(?:premium-content|paywall|members?-only|subscribers?-only)[a-z0-9/-]*\s"
)
BLOCK_COMMENT: Final = re.compile(r"<!--\s*/?wp:")
WALL_MARK: Final = "<!--members-only-->"
WALLS: Final = re.compile("<!--members-only-->")


@dataclass(frozen=True, slots=True)
class Marked:
    """HTML without WordPress's marks; `loose` where line ends part paragraphs, `has_wall` where members' text begins."""

    html: str
    loose: bool
    has_wall: bool
    repairs: tuple[str, ...]


def read_marks(content: str, picture_at: Callable[[str], str]) -> Marked:
    """The post's content as HTML.

    Args:
        content: of the post, as WordPress keeps it.
        picture_at: the address of an attachment by its number, "" where the export does not hold it.
    """
    dropped: Counter[str] = Counter()
    closed = {name for slash, name, _ in _SHORTCODE.findall(content) if slash}
    html = content.replace(WALL_MARK, "")
    html = _MEMBERS_BLOCK.sub(lambda found: WALL_MARK + found.group(), html)

    def replaced(found: re.Match[str]) -> str:
        slash, name, said = found.groups()
        attributes = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(said)}
        if not (slash or attributes or name in closed or name.lower() in _KNOWN):
            return found.group()
        return _as_html(name.lower(), bool(slash), said, attributes, picture_at, dropped)

    html = _SHORTCODE.sub(replaced, html)
    told = tuple(f"shortcode [{name}] left out" + _times(times) for name, times in dropped.items())
    return Marked(html, not BLOCK_COMMENT.search(html), WALL_MARK in html, told)


def _times(times: int) -> str:
    return f" ({times} times)" if times > 1 else ""


def _as_html(
    name: str,
    is_end: bool,
    said: str,
    attributes: Mapping[str, str],
    picture_at: Callable[[str], str],
    dropped: Counter[str],
) -> str:
    if name in ("caption", "wp_caption"):
        return "</figure>" if is_end else f"<figure>{_caption(attributes)}"
    if name == "embed" and not attributes.get("src"):
        return "</figure>" if is_end else '<figure class="embed">'
    if is_end:
        return ""
    if _MEMBERS.search(name):
        return WALL_MARK
    if name == "gallery":
        return _gallery(attributes, picture_at, dropped)
    if name in ("audio", "video", "youtube", "vimeo", "embed"):
        return _embedded(name, said, attributes, dropped)
    dropped[name] += 1
    return ""


def _caption(attributes: Mapping[str, str]) -> str:
    """Before WordPress 3.4 the words stood in an attribute of the shortcode."""
    words = attributes.get("caption", "")
    return f"<figcaption>{escape(words)}</figcaption>" if words else ""


def _gallery(attributes: Mapping[str, str], picture_at: Callable[[str], str], dropped: Counter[str]) -> str:
    addresses = [picture_at(number.strip()) for number in attributes.get("ids", "").split(",")]
    if not any(addresses):
        dropped["gallery"] += 1
    return "".join(f'<figure><img src="{escape(address)}"></figure>' for address in addresses if address)


def _embedded(name: str, said: str, attributes: Mapping[str, str], dropped: Counter[str]) -> str:
    kinds = ("src", "url", "mp3", "mp4", "m4a", "ogg", "webm", "m4v")
    address = next((attributes[kind] for kind in kinds if attributes.get(kind)), said.strip().lstrip("= "))
    if not address.startswith(("http://", "https://")):
        dropped[name] += 1
        return ""
    return f'<iframe src="{escape(address)}"></iframe>'
