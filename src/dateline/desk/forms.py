"""The form a draft is written in: choices that the newsroom and the record give."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from dateline.desk.widgets import DayInput, NewsroomTimeField
from dateline.story import reads
from dateline.story.models import Story
from dateline.story.newsroom import in_language, newsroom


class DraftForm(WagtailAdminModelForm):
    language = forms.ChoiceField(label=_("Language"))
    section = forms.ChoiceField(label=_("Main section"), required=False)
    also_in = forms.MultipleChoiceField(
        label=_("Also in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Other sections it is filed under."),
    )
    dateline_date = forms.DateField(label=_("Day of the dateline"), required=False, widget=DayInput())
    embargo_until = NewsroomTimeField(label=_("Embargo until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_the_headline()
        self._choose_language()
        self._choose_sections()
        embargo = self.fields.get("embargo_until")
        if embargo:
            embargo.help_text = (
                _("Nothing leaves before this hour. The newsroom's own clock: %s.") % newsroom().timezone
            )

    def _name_the_headline(self) -> None:
        """The title field of Wagtail's form has no label and no frame: empty, it would not be seen."""
        headline = self.fields.get("headline")
        if headline:
            headline.widget.attrs["placeholder"] = _("Headline")

    def _choose_language(self) -> None:
        field = self.fields.get("language")
        if not isinstance(field, forms.ChoiceField):
            return
        room = newsroom()
        held = self.instance.language
        tags = dict.fromkeys((*room.languages, held) if held else room.languages)
        field.choices = [(tag, tag) for tag in tags]
        field.initial = held or room.default_language
        if held and Story.objects.filter(uid=self.instance.story_uid).exists():
            field.disabled = True
            field.help_text = _("The story is in the record; its language does not change.")

    def _choose_sections(self) -> None:
        """Sections of the record; one that the copy names and the record does not have yet stays to be chosen."""
        labels = {s.slug: in_language(s.labels, get_language() or "en") or s.slug for s in reads.sections()}
        held = [name for name in (self.instance.section, *self.instance.also_in) if name]
        labels |= {name: name for name in held if name not in labels}
        main, others = self.fields.get("section"), self.fields.get("also_in")
        if isinstance(main, forms.ChoiceField):
            main.choices = [("", _("none")), *labels.items()]
        if isinstance(others, forms.MultipleChoiceField):
            others.choices = list(labels.items())
