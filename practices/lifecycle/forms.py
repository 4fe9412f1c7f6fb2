"""Archive or replace a card, in the editing screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser

from ..models import PracticePage

REASON_MIN_LENGTH = 10
REASON_MAX_LENGTH = 500


class EndingForm(forms.Form):
    """Why a card leaves the site, and which one takes its place, if any."""

    reason = forms.CharField(
        label=_("Pourquoi cette fiche quitte-t-elle le site ?"),
        help_text=_("Les personnes qui suivent un ancien lien lisent cette phrase."),
        min_length=REASON_MIN_LENGTH,
        max_length=REASON_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Donnez la raison : les lecteurs la liront."),
            "min_length": _("Expliquez en quelques mots."),
        },
    )
    replacement = forms.ModelChoiceField(
        label=_("Fiche qui la remplace (facultatif)"),
        help_text=_("L’ancienne adresse conduira à cette fiche."),
        queryset=PracticePage.objects.live(),
        required=False,
        widget=AdminPageChooser(target_models=[PracticePage]),
        error_messages={"invalid_choice": _("Choisissez une fiche publiée.")},
    )

    def __init__(self, *args: Any, card: PracticePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.card = card

    def clean_replacement(self) -> PracticePage | None:
        replacement: PracticePage | None = self.cleaned_data["replacement"]
        if replacement is not None and replacement.pk == self.card.pk:
            raise forms.ValidationError(_("Une fiche ne se remplace pas elle-même."))
        return replacement
