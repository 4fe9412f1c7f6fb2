"""The field of an editors' text: a text area, with under it what writes its marks (practices/marks.py)."""

import json
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminPageChooser
from wagtail.blocks import TextBlock

LINKED = (
    "practices.practicepage,practices.toolpage,practices.resourcepage,practices.dossierpage,practices.orientationpage"
)


class MarkedTextarea(AdminAutoHeightTextInput):
    """A text area whose bar writes marks; without its script, one types them."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-controller": "w-autosize marks", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        told = {
            "bar": _("Mettre en valeur"),
            "bold": _("Gras"),
            "list": _("Liste"),
            "numbers": _("Liste numérotée"),
            "warning": _("Attention"),
            "tip": _("Bon à savoir"),
            "table": _("Tableau"),
            "link": _("Lien vers une fiche"),
            "words": _("mots à lire"),
            "column": _("Colonne"),
        }
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-marks-chooser-value": reverse("wagtailadmin_choose_page"),
            "data-marks-types-value": LINKED,
            "data-marks-told-value": json.dumps(told, ensure_ascii=False),
        }
        return context

    @property
    def media(self) -> forms.Media:
        script: Any = forms.Script("kb_site/admin_marks.js", type="module")  # the stubs know paths alone
        own = forms.Media(js=[script], css={"all": ["kb_site/admin_marks.css"]})
        return AdminPageChooser().media + own


class MarkedTextBlock(TextBlock):
    """The same in a StreamField. Migrations see a text: what shows it is not what is stored."""

    canonical_module_path = "wagtail.blocks.TextBlock"

    @cached_property
    def field(self) -> forms.CharField:
        return forms.CharField(widget=MarkedTextarea(attrs={"rows": self.rows}), **self.field_options)
