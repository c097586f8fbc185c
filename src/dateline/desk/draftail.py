"""What the text field of the editor can do: our quotation mark, our links, lists of one level.

Each feature says how it is stored; `desk.adapter.rich_text` reads exactly that.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from draftjs_exporter import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler, LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature, Feature, InlineStyleFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from dateline.desk.adapter.rich_text import LINK_TYPES, link_attributes

SCRIPT: Final = "desk/draftail_link.js"


class FlatLists(Feature):
    """A list in a list has no place in a story: the button and the Tab key do not make one."""

    def construct_options(self, options: dict[str, Any]) -> None:
        options["maxListNesting"] = 0


class StoredLink(LinkElementHandler):
    """From `<a href>` or `<a linktype id>` to what the editor holds: one address, `story:UID` for a story of ours."""

    def __init__(self) -> None:
        super().__init__("LINK")

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        kind = attrs.get("linktype")
        return {"url": f"{kind}:{attrs.get('id', '')}" if kind in LINK_TYPES else attrs.get("href", "")}


def stored_link(props: dict[str, Any]) -> Any:
    return DOM.create_element("a", link_attributes(props.get("url") or ""), props["children"])


def register(features: FeatureRegistry) -> None:
    """Make the features known to Wagtail's registry."""
    quote = {"type": "QUOTE", "label": "„ “", "description": _("Words of somebody else"), "element": "q"}
    features.register_editor_plugin("draftail", "quote-mark", InlineStyleFeature(quote))
    features.register_converter_rule(
        "contentstate",
        "quote-mark",
        {
            "from_database_format": {"q": InlineStyleElementHandler("QUOTE")},
            "to_database_format": {"style_map": {"QUOTE": "q"}},
        },
    )
    link = {
        "type": "LINK",
        "icon": "link",
        "description": _("Link to a page or a story"),
        "attributes": ["url"],
        # What is pasted keeps only these; `undefined` are links made here.
        "allowlist": {"href": "^(http:|https:|mailto:|undefined$)"},
    }
    features.register_editor_plugin("draftail", "story-link", EntityFeature(link, js=[SCRIPT]))
    features.register_converter_rule(
        "contentstate",
        "story-link",
        {
            "from_database_format": {"a[href]": StoredLink(), "a[linktype]": StoredLink()},
            "to_database_format": {"entity_decorators": {"LINK": stored_link}},
        },
    )
    features.register_editor_plugin("draftail", "flat-lists", FlatLists())
