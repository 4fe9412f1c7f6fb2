"""The form of a saved search."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.forms.profile import OneLineField

from .models import SavedSearch


class SavedSearchForm(forms.ModelForm[SavedSearch]):
    """Its name and how often what is new in it is told."""

    class Meta:
        model = SavedSearch
        fields: ClassVar[list[str]] = ["name", "frequency"]
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"name": OneLineField}
        labels: ClassVar[dict[str, object]] = {
            "name": _("Nom de cette recherche"),
            "frequency": _("Me prévenir par e-mail quand il y a du nouveau"),
        }
        widgets: ClassVar[dict[str, type[forms.Widget]]] = {"frequency": forms.RadioSelect}
