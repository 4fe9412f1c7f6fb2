"""The SIRET number of an establishment: fourteen digits, the last one a check digit (Luhn's formula; Insee).

The establishments of La Poste (SIREN 356 000 000) are an exception of Insee: the sum of their digits is a multiple of 5.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LENGTH = 14
LA_POSTE = "356000000"


def read_siret(text: str) -> str:
    """Return the digits of a number typed with spaces, dots or dashes."""
    return "".join(sign for sign in text if sign not in " \u00a0\u202f.-")


def check_siret(value: str) -> None:
    """Raise ValidationError for what is no SIRET."""
    if len(value) != LENGTH or not (value.isascii() and value.isdecimal()):
        raise ValidationError(_("Un SIRET a quatorze chiffres."))
    digits = [int(digit) for digit in value]
    if value.startswith(LA_POSTE) and sum(digits) % 5 == 0:
        return
    doubled = (sum(divmod(digit * 2, 10)) if place % 2 == 0 else digit for place, digit in enumerate(digits))
    if sum(doubled) % 10:
        raise ValidationError(_("Ce SIRET a un chiffre faux : vérifiez-le."))
