"""The form that asks for a card."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.forms.profile import OneLineField
from practices.comments.forms import GuardedForm, PublishedField
from practices.comments.rulebook import publishable


class CardRequestForm(GuardedForm):
    """What is missing, in one line, and a few words of context."""

    guarded = ("need", "details")
    field_order = ["need", "details"]

    need = OneLineField(
        label=_("Quelle fiche vous manque ?"),
        help_text=_(
            "Une phrase courte. Par exemple : « Préparer un entretien par téléphone avec une personne sourde »."
        ),
        min_length=5,
        max_length=150,
        validators=[publishable],
        error_messages={
            "required": _("Dites en quelques mots ce qui vous manque."),
            "min_length": _("Dites-en un peu plus : %(limit_value)d caractères au moins."),
        },
    )
    details = PublishedField(
        label=_("Précisions"),
        help_text=_("Pour qui, dans quelle situation. Ne nommez personne."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
