"""One sentence about a page, and one in answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.comments.forms import GuardedForm, PublishedField
from practices.comments.rulebook import clean_text

from .models import LONGEST, Kind

WORDS = {
    Kind.ERROR: (_("Quelle erreur ?"), _("Une phrase suffit. Ne nommez personne.")),
    Kind.NOT_FOUND: (_("Que cherchiez-vous ?"), _("Quelques mots. Par exemple : « pointage sur téléphone prêté ».")),
}


class _OneSentence(PublishedField):
    def to_python(self, value: Any) -> str:
        # The door is open without token, so nothing cleaned the request before.
        return " ".join(clean_text(super().to_python(value)).split())


class OpinionForm(GuardedForm):
    """What a reader says of a page; `kind` names the question asked."""

    guarded = ("words",)
    field_order = ["words"]

    words = _OneSentence(
        min_length=3,
        max_length=LONGEST,
        widget=forms.TextInput,
        error_messages={"required": _("Écrivez une phrase, ou quelques mots.")},
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **{"auto_id": f"{kind}_%s"} | kwargs)
        self.fields["words"].label, self.fields["words"].help_text = WORDS[kind]


class AnswerForm(GuardedForm):
    """What is answered, for every reader of the page; nothing: it is resolved, and nobody is told."""

    guarded = ("answer",)
    field_order = ["answer"]

    answer = _OneSentence(
        label=_("Votre réponse, en une phrase"),
        help_text=_("Toute personne qui lit la page peut la lire, sans l’avis. Laissez vide pour ne rien publier."),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput,
    )
