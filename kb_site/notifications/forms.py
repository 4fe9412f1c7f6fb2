"""What a person chooses to receive."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User

from .models import LETTER, PUSHED, Cadence, Follow, PushChoice
from .types import NotificationType, events

AS_KIND = ("", _("Comme réglé plus haut"))


class Manner(models.TextChoices):
    """The ways to be written to, in plain words; each says a cadence for every kind of event."""

    AT_ONCE = "at_once", _("Tout de suite : chaque nouveauté, dès qu’elle arrive")
    DIGEST = "digest", _("Un résumé : ce qui m’est adressé tout de suite, le reste regroupé")
    ADDRESSED = "addressed", _("Rien, sauf ce qui m’est adressé : réponses, invitations, demandes")
    BY_LINE = "by_line", _("À ma façon, ligne par ligne")

    def cadences(self) -> dict[str, str]:
        """Return the cadence of each kind, the letter included; empty for BY_LINE, which says none."""
        if self is Manner.BY_LINE:
            return {}
        letter = Cadence.NEVER if self is Manner.ADDRESSED else Cadence.WEEKLY
        return {kind.name: self._cadence(kind).value for kind in events()} | {LETTER: letter.value}

    def _cadence(self, kind: NotificationType) -> Cadence:
        if self is Manner.AT_ONCE:
            return Cadence.AT_ONCE
        return kind.default if self is Manner.DIGEST or kind.addressed else Cadence.NEVER

    @classmethod
    def of(cls, cadences: dict[str, str]) -> "Manner":
        """Return the manner that says exactly these cadences."""
        return next((manner for manner in cls if manner.cadences() == cadences), cls.BY_LINE)


class CadenceForm(forms.Form):
    """The manner in which one is written to and, for those who want it, one cadence a kind of event.

    Lines that were changed while the manner was left as it was say what is wanted: nobody should have to choose
    « ligne par ligne » as well.
    """

    manner = forms.ChoiceField(
        label=_("Quand nous vous écrivons"), choices=Manner.choices, widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(user.cadence_choices.values_list("kind", "cadence"))
        for kind in events():
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.label, choices=Cadence.choices, initial=chosen.get(kind.name, kind.default)
            )
        letter = chosen.get(LETTER) != Cadence.NEVER
        self.fields[LETTER] = forms.BooleanField(
            label=_("Recevoir la lettre de la semaine"),
            help_text=_("Le lundi matin, et seulement si vous n’avez pas ouvert le site de la semaine."),
            required=False,
            initial=letter,
        )
        now = {kind.name: str(self.fields[kind.name].initial) for kind in events()}
        now[LETTER] = Cadence.WEEKLY.value if letter else Cadence.NEVER.value
        self.fields["manner"].initial = Manner.of(now).value

    @property
    def lines(self) -> list[forms.BoundField]:
        """The cadences, one a kind of event: the details."""
        return [self[name] for name in self.fields if name != "manner"]

    @property
    def shows_lines(self) -> bool:
        """Whether the details are open: somebody uses them, or made a mistake in them."""
        return self["manner"].value() == Manner.BY_LINE or any(line.errors for line in self.lines)

    @property
    def choices(self) -> dict[str, str]:
        """The chosen cadences by kind, the letter included."""
        cleaned = dict(self.cleaned_data)
        manner = cleaned.pop("manner")
        if manner and ("manner" in self.changed_data or not self.changed_data):
            told = Manner(manner).cadences()
            if told:
                return told
        letter = Cadence.WEEKLY if cleaned[LETTER] else Cadence.NEVER
        return cleaned | {LETTER: letter.value}


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


class HeldReplyForm(forms.Form):
    """The words of a reply by mail, before they are published. What they must be is for the room where they go."""

    text = forms.CharField(
        label=_("Exactement ce qui serait publié"),
        help_text=_("Vous pouvez encore changer ces mots."),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Il ne reste rien à publier. Écrivez quelques mots.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "held_%s"} | kwargs)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return _lines_of(text)

    def typed(self) -> str:
        """Return what was typed, right or wrong."""
        return _lines_of(str(self["text"].value() or ""))


def _lines_of(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
