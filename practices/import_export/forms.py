"""The form that sends a table of cards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import PracticeSectionPage
from ..permissions import sections_to_publish
from .limits import MAXIMUM_BYTES, MEBIBYTE


class ImportForm(forms.Form):
    """A spreadsheet of cards, and the network where they go."""

    file = forms.FileField(
        label=_("Tableau des fiches"),
        help_text=_("Un fichier .xlsx, .ods ou .csv, %s Mo au plus.") % (MAXIMUM_BYTES // MEBIBYTE),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )
    section = forms.ModelChoiceField(label=_("Réseau"), queryset=PracticeSectionPage.objects.none(), empty_label=None)
    publish = forms.BooleanField(
        label=_("Publier les fiches complètes que j’ai le droit de publier"),
        required=False,
        help_text=_("Sans cette case, tout arrive en brouillon."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = sections_to_publish(user)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAXIMUM_BYTES:
            raise forms.ValidationError(_("Le fichier dépasse %s Mo.") % (MAXIMUM_BYTES // MEBIBYTE))
        return file
