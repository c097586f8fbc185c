"""A body as plain HTML: the part below the wall in a preview, and the whole preview where nobody renders pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from dateline.formats.body import Block, Embed, ListBlock, Paragraph, Picture, Quote, Run, Runs, Subheading, Table


def body_html(body: Iterable[Block]) -> SafeString:
    """Every block, in order; pictures from where the desk keeps them."""
    return format_html_join("\n", "{}", ((_block(block),) for block in body))


def _block(block: Block) -> SafeString:
    match block:
        case Paragraph(runs):
            return format_html("<p>{}</p>", _runs(runs))
        case Subheading(runs):
            return format_html("<h2>{}</h2>", _runs(runs))
        case Quote(runs, speaker, outlet, said_on):
            told = ", ".join(filter(None, (speaker, outlet, said_on)))
            return format_html("<blockquote><p>{}</p><footer>{}</footer></blockquote>", _runs(runs), told)
        case ListBlock(items, ordered):
            inside = format_html_join("", "<li>{}</li>", ((_runs(item),) for item in items))
            return format_html("<ol>{}</ol>" if ordered else "<ul>{}</ul>", inside)
        case Table(rows):
            return format_html("<table>{}</table>", format_html_join("", "<tr>{}</tr>", ((_row(row),) for row in rows)))
        case Picture(src, alt, caption, credit):
            shown = picture_address(src)
            below = " ".join(filter(None, (caption, credit)))
            return format_html('<figure><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>', shown, alt, below)
        case Embed(url):
            return format_html('<p><a rel="noreferrer nofollow" href="{}">{}</a></p>', url, url)
        case _:
            return mark_safe("<hr>")


def picture_address(src: str) -> str:
    """Where the desk shows a picture of the record; an address elsewhere stays what it is (and is not loaded)."""
    return f"/desk/as-read/media/{src.removeprefix('picture:')}-720.webp" if src.startswith("picture:") else src


def _row(row: tuple[Runs, ...]) -> SafeString:
    return format_html_join("", "<td>{}</td>", ((_runs(cell),) for cell in row))


def _runs(runs: Runs) -> SafeString:
    return format_html_join("", "{}", ((_run(run),) for run in runs))


def _run(run: Run) -> SafeString:
    made = conditional_escape(run.text)
    for mark, tag in (("quote", "q"), ("italic", "i"), ("bold", "b")):
        if mark in run.marks:
            made = format_html(f"<{tag}>{{}}</{tag}>", made)
    return format_html('<a href="{}">{}</a>', run.href, made) if run.href else made
