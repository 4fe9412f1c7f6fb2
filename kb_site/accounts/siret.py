"""The SIRET number of an establishment, as Insee gives it: fourteen digits, the last of which checks the others."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import exceptions
from stdnum.fr import siret


def read_siret(text: str) -> str:
    """Return the digits of a number typed with spaces, dots or dashes."""
    return "".join(sign for sign in text if sign not in " \u00a0\u202f.-")


def check_siret(value: str) -> None:
    """Raise ValidationError for what is no SIRET."""
    try:
        right: str | None = siret.validate(value)
    except exceptions.InvalidChecksum:
        raise ValidationError(_("Ce SIRET a un chiffre faux : vérifiez-le.")) from None
    except exceptions.ValidationError:
        right = None
    if right != value:  # it also takes a number with spaces, which would be stored so
        raise ValidationError(_("Un SIRET a quatorze chiffres."))
