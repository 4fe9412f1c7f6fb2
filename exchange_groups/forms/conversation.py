"""The forms of what keeps a conversation going: a summary, a question with its choices."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from practices.comments.forms import GuardedForm, PublishedField, TextField

from ..models.conversation import LONGEST_CHOICE, MOST_CHOICES

LEAST_CHOICES = 2


class SummaryForm(GuardedForm):
    """What a thread comes to; empty, it is taken away."""

    guarded = ("text",)

    text = TextField(
        label=_("Résumé"),
        help_text=_("Ce qui s’est dit, en quelques lignes, pour qui arrive. Vide, le résumé est retiré."),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class PollForm(GuardedForm):
    """A question and its choices, one a line."""

    guarded = ("question", "choices")

    question = PublishedField(
        label=_("Question"), help_text=_("Une seule, courte : « Quel jour vous va ? »"), min_length=5, max_length=200
    )
    choices = TextField(
        label=_("Choix"),
        help_text=_("Un par ligne, de 2 à %(most)d. Chacun en choisira un.") % {"most": MOST_CHOICES},
        max_length=(LONGEST_CHOICE + 2) * MOST_CHOICES,
        widget=forms.Textarea(attrs={"rows": MOST_CHOICES}),
    )

    def clean_choices(self) -> str:
        """Return the choices, one a line, without empty lines nor doubles."""
        lines = dict.fromkeys(line.strip(" -•") for line in self.cleaned_data["choices"].splitlines())
        choices = [line for line in lines if line]
        if not LEAST_CHOICES <= len(choices) <= MOST_CHOICES:
            raise ValidationError(_("De 2 à %(most)d choix, un par ligne.") % {"most": MOST_CHOICES})
        if any(len(choice) > LONGEST_CHOICE for choice in choices):
            raise ValidationError(_("%(most)d caractères au plus par choix.") % {"most": LONGEST_CHOICE})
        return "\n".join(choices)
