"""The forms of minutes."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from practices.comments.forms import GuardedForm, PublishedField, TextField

from ..choices import LineKind
from ..models import AMENDMENT_DAYS_MOST, SUMMARY_LENGTH, TEXT_LENGTH
from ..sections import Section

GENERAL = _("En général")
NO_NAME = _("Ne nommez jamais une personne accompagnée.")


def _words(label: Any, *, rows: int = 3, most: int = TEXT_LENGTH, **more: Any) -> TextField:
    messages = {"required": _("Écrivez quelques mots.")}
    return TextField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), error_messages=messages, **more
    )


def rows_for(text: str) -> int:
    """Return how many rows show a text whole on a phone (28 characters a row), twelve at most."""
    return min(12, max(1, sum(1 + len(line) // 28 for line in text.splitlines())))


class LineForm(forms.Form):
    """The words of one line in the editing of a section; the version travels with them."""

    text = _words(_("Texte"), rows=2)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class NewLineForm(forms.Form):
    """A line to add; nothing is added when it is left empty."""

    kind = forms.ChoiceField(
        label=_("Ajouter"), choices=[(kind, label.capitalize()) for kind, label in LineKind.choices]
    )
    text = _words(_("Texte de la nouvelle ligne"), rows=2, required=False)


class MoveForm(forms.Form):
    """The point that a line should stand under."""

    point = forms.TypedChoiceField(
        label=_("Sous quel point ?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un point."),
            "invalid_choice": _("Ce point n’existe plus : choisissez-en un autre."),
        },
    )

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(part.key, part.heading.text if part.heading else GENERAL) for part in sections]
        self.fields["point"].choices = choices  # type: ignore[attr-defined]


class SummaryForm(forms.Form):
    """The summary, and how long participants may ask for changes."""

    summary = _words(
        _("Synthèse"),
        rows=8,
        most=SUMMARY_LENGTH,
        required=False,
        help_text=_("En quelques lignes : ce que la séance a apporté. Ne nommez jamais une personne accompagnée."),
    )
    amendment_days = forms.IntegerField(
        label=_("Jours de relecture"),
        help_text=_("Le temps laissé aux participants pour demander une modification."),
        min_value=1,
        max_value=AMENDMENT_DAYS_MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class ActionForm(forms.Form):
    """Who does an action, and for when."""

    doer = forms.ModelChoiceField(User.objects.none(), label=_("Qui"), required=False, empty_label=_("À préciser"))
    doer_name = forms.CharField(
        label=_("Ou quelqu’un sans compte"),
        help_text=_("Un prénom, ou « toute l’équipe »."),
        required=False,
        max_length=80,
    )
    due_on = forms.DateField(
        label=_("Pour le"),
        help_text=_("Un rappel part trois jours avant, puis le jour même."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écrivez une date, par exemple 2026-12-03.")},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doer"].queryset = people  # type: ignore[attr-defined]
        self.fields["doer"].label_from_instance = lambda person: person.public_name  # type: ignore[attr-defined]


class AmendmentForm(GuardedForm):
    """Other words for a line, or a line that is missing."""

    text = _words(_("Ce que vous proposez d’écrire"), rows=5, help_text=NO_NAME)
    reason = PublishedField(label=_("Pourquoi"), required=False, max_length=300)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "submission_key" in self.errors:
            self.data = dict(self.data.items()) | {"submission_key": str(uuid.uuid4())}
            self.add_error("text", _("Ce formulaire a expiré. Votre texte est gardé : envoyez-le de nouveau."))
        return self.cleaned_data


class DecisionForm(forms.Form):
    """The answer to a request: accepted (with the words that are kept), or refused and why."""

    text = _words(_("Texte retenu, si vous acceptez"), rows=4, required=False)
    answer = PublishedField(
        label=_("Un mot à la personne"),
        help_text=_("Nécessaire si vous refusez."),
        required=False,
        max_length=300,
    )
