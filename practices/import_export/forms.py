"""The form that sends a file of cards, tools or resources."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .limits import MAXIMUM_ARCHIVE, MEBIBYTE
from .targets import places_to_import, target_of

ACCEPTED = ".xlsx,.ods,.csv,.md,.mdx,.markdown,.html,.htm,.xml,.zip"


class PlaceField(forms.ModelChoiceField):
    """Where things go: what they become is told with it."""

    def label_from_instance(self, place: Page) -> str:
        place = place.specific
        kind = target_of(place).name
        return str(place.title) if str(place.title) == str(kind) else f"{kind} : {place.title}"


class ImportForm(forms.Form):
    """A spreadsheet or documents, and where they go."""

    file = forms.FileField(
        label=_("Tableau ou documents"),
        help_text=_(
            "Un tableau (.xlsx, .ods, .csv), des documents (Markdown, HTML, export de WordPress), ou une archive .zip de "
            "documents. %s Mo au plus, 5 pour un tableau."
        )
        % (MAXIMUM_ARCHIVE // MEBIBYTE),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    section = PlaceField(label=_("Où ?"), queryset=Page.objects.none(), empty_label=None)
    base = forms.URLField(
        label=_("Adresse du site d’où viennent les documents"),
        required=False,
        assume_scheme="https",
        help_text=_("Facultatif : leurs liens vers d’autres pages de ce site sont alors gardés entiers."),
    )
    publish = forms.BooleanField(
        label=_("Publier ce qui est complet et que j’ai le droit de publier"),
        required=False,
        help_text=_("Sans cette case, tout arrive en brouillon."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = places_to_import(user)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAXIMUM_ARCHIVE:
            raise forms.ValidationError(_("Le fichier dépasse %s Mo.") % (MAXIMUM_ARCHIVE // MEBIBYTE))
        return file
