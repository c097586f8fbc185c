"""The Markdown that newsrooms' old posts hold, as HTML: headings, quotations, lists, links, pictures, two emphases.

Not all of CommonMark, and on purpose: what is not known stays as the words it is, so nothing is lost.
Raw HTML passes through, for `html_blocks` cleans it later. Source: CommonMark 0.31 for the forms named.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

_HEADING: Final = re.compile(r"#{1,6}[ \t]+(.*?)[ \t]*#*$")
_ITEM: Final = re.compile(r"([-*+]|\d{1,9}[.)])[ \t]+(.*)$")
_LINK: Final = re.compile(r"(!?)\[([^\[\]\n]{0,500})\]\(\s?([^()\s]{1,2000})(?:\s\"[^\"\n]{0,300}\")?\s?\)")
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500})(?<=\S)\1")
_EMPHASIS: Final = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_\n]{1,500})(?<=\S)\1(?![\w*_])")


def as_html(markdown: str) -> str:
    """The text as HTML, block by block."""
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(_block(block) for block in re.split(r"\n[ \t]*\n", text) if block.strip())


def _block(block: str) -> str:
    lines = [line.strip() for line in block.strip("\n").split("\n")]
    if all(line.startswith(">") for line in lines):
        return f"<blockquote>{_inline(' '.join(line.lstrip('> ') for line in lines))}</blockquote>"
    html: list[str] = []
    held: list[str] = []
    for line in lines:
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if not (heading or item):
            held.append(line)
            continue
        html.append(_paragraph(held))
        held = []
        if heading:
            html.append(f"<h2>{_inline(heading.group(1))}</h2>")
        elif item:
            tag = "ol" if item.group(1)[0].isdigit() else "ul"
            html.append(f"<{tag}><li>{_inline(item.group(2))}</li></{tag}>")
    html.append(_paragraph(held))
    return "".join(html).replace("</ul><ul>", "").replace("</ol><ol>", "")


def _paragraph(lines: list[str]) -> str:
    return f"<p>{_inline(' '.join(lines))}</p>" if lines else ""


def _inline(text: str) -> str:
    html = _LINK.sub(_link, text)
    html = _STRONG.sub(r"<strong>\2</strong>", html)
    return _EMPHASIS.sub(r"<em>\2</em>", html)


def _link(found: re.Match[str]) -> str:
    picture, text, address = found.groups()
    if picture:
        return f'<img src="{escape(address)}" alt="{escape(text)}">'
    return f'<a href="{escape(address)}">{text}</a>'
