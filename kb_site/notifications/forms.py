"""What a person chooses to receive."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User

from .models import LETTER, PUSHED, Cadence, Follow, PushChoice
from .types import events

AS_KIND = ("", _("Comme réglé plus haut"))


class CadenceForm(forms.Form):
    """One cadence a kind of event, and the weekly letter."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(user.cadence_choices.values_list("kind", "cadence"))
        for kind in events():
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.label, choices=Cadence.choices, initial=chosen.get(kind.name, kind.default)
            )
        self.fields[LETTER] = forms.BooleanField(
            label=_("Recevoir la lettre de la semaine"),
            help_text=_("Le lundi matin, et seulement si vous n’avez pas ouvert le site de la semaine."),
            required=False,
            initial=chosen.get(LETTER) != Cadence.NEVER,
        )

    @property
    def choices(self) -> dict[str, str]:
        """The chosen cadences by kind, the letter included."""
        letter = Cadence.WEEKLY if self.cleaned_data[LETTER] else Cadence.NEVER
        return self.cleaned_data | {LETTER: letter.value}


class PushForm(forms.Form):
    """By which way one is told, for each cadence that a phone can follow."""

    WAYS = (("", _("Par e-mail seulement")), *PushChoice.Way.choices)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(user.push_choices.values_list("cadence", "way"))
        for cadence in PUSHED:
            self.fields[cadence.value] = forms.ChoiceField(
                label=cadence.label, choices=self.WAYS, required=False, initial=chosen.get(cadence.value, "")
            )


class FollowForm(forms.ModelForm[Follow]):
    """The cadence of one follow."""

    class Meta:
        model = Follow
        fields = ["cadence"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cadence"]
        field.choices = [AS_KIND, *Cadence.choices]
