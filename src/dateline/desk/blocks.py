"""The few kinds of block a story is written in. What they mean in our own body is said once, in `desk.adapter.stream`.

Every field may stay empty while the copy is being written; what an act needs is asked when it is done.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StaticBlock, StreamBlock, StructBlock
from wagtail.blocks.field_block import BooleanBlock, CharBlock, RichTextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from dateline.desk.widgets import PictureInput
from dateline.formats.body import is_safe_href
from dateline.formats.filed import LONGEST_LINE

LINE_FEATURES: Final = ["bold", "italic", "quote-mark", "story-link"]
TEXT_FEATURES: Final = [*LINE_FEATURES, "ul", "ol", "flat-lists"]


def _line(label: object, help_text: object = "") -> CharBlock:
    return CharBlock(required=False, label=label, help_text=help_text, max_length=LONGEST_LINE)


class PictureRefBlock(CharBlock):
    """`picture:REF`, the record's own name of a picture; the widget takes one in."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.field.widget = PictureInput()


class QuotationBlock(StructBlock):
    text = RichTextBlock(required=False, features=LINE_FEATURES, label=_("Words"))
    speaker = _line(_("Who said it"))
    outlet = _line(_("To which outlet"))
    said_on = _line(_("Day"), _("As it stands in the copy, best as 2026-11-22."))

    class Meta:
        icon = "openquote"
        label = _("Quotation")


class PictureBlock(StructBlock):
    src = PictureRefBlock(required=False, label=_("Picture"), max_length=LONGEST_LINE)
    alt = _line(_("What it shows"), _("For readers who do not see it."))
    caption = _line(_("Caption"))
    credit = _line(_("Credit"))

    class Meta:
        icon = "image"
        label = _("Picture")


class TableBlock(StructBlock):
    header = BooleanBlock(required=False, label=_("The first row is the header"))
    grid = TypedTableBlock(
        [("cell", RichTextBlock(required=False, features=LINE_FEATURES, label=_("Text")))],
        required=False,
        label=_("Cells"),
    )

    class Meta:
        icon = "table"
        label = _("Table")


class EmbedBlock(CharBlock):
    def clean(self, value: str) -> str:
        from django.core.exceptions import ValidationError

        cleaned: str = super().clean(value)
        if cleaned and not is_safe_href(cleaned):
            raise ValidationError(_("This is not an address we can show."))
        return cleaned


class BodyBlock(StreamBlock):
    text = RichTextBlock(required=False, features=TEXT_FEATURES, label=_("Text"), icon="pilcrow")
    quotation = QuotationBlock()
    subheading = RichTextBlock(required=False, features=LINE_FEATURES, label=_("Subheading"), icon="title")
    table = TableBlock()
    picture = PictureBlock()
    embed = EmbedBlock(
        required=False,
        max_length=LONGEST_LINE,
        label=_("Somebody else's page"),
        help_text=_("Shown to readers as a plain link; nothing is loaded from there."),
        icon="link-external",
    )
    wall = StaticBlock(
        label=_("The wall"),
        admin_text=_("What stands above is free. What stands below is for members, where the story is locked."),
        icon="lock",
    )

    class Meta:
        block_counts = {"wall": {"max_num": 1}}  # noqa: RUF012 - Wagtail's own shape of options
