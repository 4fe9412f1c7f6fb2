"""The forms of those who run a diagnostic. Those who answer have no form: one question a screen (see views/asking.py)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.comments.personal_data_guard import find_personal_data

from .questions import TEAM, UNKNOWN, Question
from .services import MOST_SHEETS


class CampaignForm(forms.Form):
    """What opens a diagnostic."""

    place = forms.CharField(
        label=_("Équipe ou lieu"),
        help_text=_("Par exemple : chantier maraîchage. Jamais le nom d’une personne."),
        required=False,
        max_length=40,
        error_messages={
            "max_length": _("40 caractères au plus."),
            "null_characters_not_allowed": _("Tapez-le à nouveau."),
        },
    )
    self_service = forms.BooleanField(
        label=_("Les personnes peuvent aussi répondre seules, chacune avec un code"), required=False
    )

    def clean_place(self) -> str:
        place: str = self.cleaned_data["place"]
        if find_personal_data(place):
            raise forms.ValidationError(_("Écrivez le nom d’une équipe ou d’un lieu, pas celui d’une personne."))
        return place


def _how_many(label: Any, *, initial: int, asked: Any, least: Any, most: Any) -> forms.IntegerField:
    """Return the field of a number of things to make for a campaign, with what it says of no number, too few, too many."""
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=MOST_SHEETS,
        initial=initial,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": asked, "invalid": asked, "min_value": least, "max_value": most},
    )


class SheetsForm(forms.Form):
    """How many sheets to print."""

    feuilles = _how_many(
        _("Combien de feuilles ?"),
        initial=15,
        asked=_("Écrivez un nombre de feuilles."),
        least=_("Au moins une feuille."),
        most=_("200 feuilles au plus."),
    )


class CodesForm(forms.Form):
    """How many codes to make."""

    codes = _how_many(
        _("Combien de codes ?"),
        initial=1,
        asked=_("Écrivez un nombre de codes."),
        least=_("Au moins un code."),
        most=_("200 codes au plus à la fois."),
    )


def _field(question: Question) -> forms.TypedChoiceField:
    choices = [*((choice.value, choice.label) for choice in question.choices), (UNKNOWN, _("Je ne sais pas"))]
    return forms.TypedChoiceField(
        label=question.text,
        choices=choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une réponse."), "invalid_choice": _("Choisissez dans la liste.")},
    )


class TeamForm(forms.Form):
    """The team's eight questions, on one page: permanent staff answer together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in TEAM:
            self.fields[question.code] = _field(question)
