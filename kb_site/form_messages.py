"""What a form says of a field that is empty or wrong, where the field says nothing of its own: what to do, with an example.

Django's messages state a rule (« Ce champ est obligatoire. »). These stand on the classes of fields, so that every form has
them, those of libraries too; a field that knows better gives its own (`error_messages`).
"""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LIST = _("Choisissez dans la liste.")
_DATE = _("Donnez une date. Exemple : 12/01/2027")
_MOMENT = _("Donnez une date et une heure. Exemple : 12/01/2027 14:30")
_HOUR = _("Donnez une heure. Exemple : 14:30")
_WHOLE = _("Écrivez un nombre entier. Exemple : 12")
_NUMBER = _("Écrivez un nombre. Exemple : 2,5")
_MAIL = _("Écrivez une adresse e-mail. Exemple : prenom.nom@exemple.fr")
_LINK = _("Collez une adresse entière. Exemple : https://exemple.fr/page")
_FILE = _("Choisissez un fichier.")
_LONG = _("%(limit_value)d caractères au plus : il y en a %(show_value)d.")
_SHORT = _("%(limit_value)d caractères au moins : il y en a %(show_value)d.")
_MOST, _LEAST = _("Au plus %(limit_value)s."), _("Au moins %(limit_value)s.")

MESSAGES: dict[type[forms.Field], dict[str, "StrOrPromise"]] = {
    forms.Field: {"required": _("C’est vide : il faut une réponse ici.")},
    forms.CharField: {"required": _("C’est vide : écrivez quelques mots."), "max_length": _LONG, "min_length": _SHORT},
    forms.EmailField: {"required": _MAIL, "invalid": _MAIL},
    forms.URLField: {"required": _LINK, "invalid": _LINK},
    forms.SlugField: {"invalid": _("Des lettres sans accent, des chiffres et des tirets. Exemple : cafe-visio")},
    forms.IntegerField: {"required": _WHOLE, "invalid": _WHOLE, "max_value": _MOST, "min_value": _LEAST},
    forms.FloatField: {"required": _NUMBER, "invalid": _NUMBER, "max_value": _MOST, "min_value": _LEAST},
    forms.DecimalField: {"required": _NUMBER, "invalid": _NUMBER, "max_value": _MOST, "min_value": _LEAST},
    forms.DateField: {"required": _DATE, "invalid": _DATE},
    forms.TimeField: {"required": _HOUR, "invalid": _HOUR},
    forms.DateTimeField: {"required": _MOMENT, "invalid": _MOMENT},
    forms.BooleanField: {"required": _("Cochez cette case pour continuer.")},
    forms.ChoiceField: {"required": _LIST, "invalid_choice": _LIST},
    forms.MultipleChoiceField: {
        "required": _("Cochez au moins une réponse."), "invalid_choice": _LIST, "invalid_list": _LIST,
    },
    forms.ModelChoiceField: {"required": _LIST, "invalid_choice": _LIST},
    forms.ModelMultipleChoiceField: {
        "required": _("Cochez au moins une réponse."), "invalid_choice": _LIST, "invalid_list": _LIST,
        "invalid_pk_value": _LIST,
    },
    forms.FileField: {"required": _FILE, "invalid": _FILE, "missing": _FILE, "empty": _("Ce fichier est vide.")},
}  # fmt: skip


def say_what_to_do() -> None:
    """Give the fields of Django these messages; called once, when the site starts."""
    for field, messages in MESSAGES.items():
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **messages}
