"""An expert's opinion, and the invitation that asks for it."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from practices.comments.forms import TextField

from ...models import PracticePage
from ..models.experts import COMMENTED_FIELDS, ExpertInvitation

TEXT_MAX_LENGTH = 3000


class OpinionForm(forms.Form):
    """A verdict, a few words, and a note on any part of the card."""

    verdict = forms.ChoiceField(
        label=_("Votre avis"),
        choices=ExpertInvitation.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un avis."), "invalid_choice": _("Choisissez dans la liste.")},
    )
    opinion = TextField(
        label=_("En quelques mots"),
        help_text=_("Obligatoire si la fiche ne devrait pas être publiée : dites pourquoi."),
        required=False,
        max_length=TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COMMENTED_FIELDS:
            self.fields[f"note_{name}"] = TextField(
                label=capfirst(str(PracticePage._meta.get_field(name).verbose_name)),  # type: ignore[union-attr]
                required=False,
                max_length=TEXT_MAX_LENGTH,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def note_fields(self) -> list[forms.BoundField]:
        return [self[f"note_{name}"] for name in COMMENTED_FIELDS]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("verdict") == ExpertInvitation.Verdict.OBJECT and not data.get("opinion"):
            self.add_error("opinion", _("Dites pourquoi : les éditeurs en ont besoin pour corriger."))
        return data

    def notes(self) -> dict[str, str]:
        """Return what was said of each part (valid form only)."""
        return {name: self.cleaned_data[f"note_{name}"] for name in COMMENTED_FIELDS}


class InvitationForm(forms.Form):
    """Who is asked for an opinion."""

    name = forms.CharField(label=_("Nom de la personne"), max_length=100)
    email = forms.EmailField(label=_("Son adresse e-mail"), help_text=_("Elle reçoit un lien qui ne sert qu’une fois."))
    message = forms.CharField(
        label=_("Votre message (facultatif)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sur quoi attendez-vous son avis ?"),
    )
