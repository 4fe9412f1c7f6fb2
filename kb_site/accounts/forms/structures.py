"""Forms of a structure: invite colleagues, say where one works now."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..choices import DEPARTEMENTS, SiaeType
from ..models import User
from ..services.structures import read_addresses
from .profile import CHOOSE, OneLineField


class InviteForm(forms.Form):
    """Addresses pasted as they come: one a line, or with commas."""

    emails = forms.CharField(
        label=_("Adresses e-mail de vos collègues"),
        help_text=_("Une par ligne, ou séparées par des virgules."),
        max_length=4000,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off", "inputmode": "email"}),
    )

    def clean_emails(self) -> list[str]:
        good, wrong = read_addresses(self.cleaned_data["emails"])
        if wrong:
            raise forms.ValidationError(_("Ce ne sont pas des adresses : %s") % ", ".join(wrong[:5]))
        if not good:
            raise forms.ValidationError(_("Écrivez au moins une adresse."))
        return good


class DeclareStructureForm(forms.ModelForm[User]):
    """The structure in which a person works now, for a coordinator to recognise."""

    class Meta:
        model = User
        fields = ["structure_declared", "siae_type_declared", "territory_declared"]
        field_classes = {"structure_declared": OneLineField}
        labels = {
            "structure_declared": _("Structure"),
            "siae_type_declared": _("Type de structure"),
            "territory_declared": _("Département"),
        }
        help_texts = {"structure_declared": _("Le nom que vos collègues connaissent, sans sigle si possible.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("siae_type_declared", SiaeType.choices), ("territory_declared", DEPARTEMENTS)):
            field: Any = self.fields[name]
            field.choices = [CHOOSE, *choices]
        for field in self.fields.values():
            field.required = True
