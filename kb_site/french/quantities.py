"""Figures in words: ranges, units, megabytes that become gigabytes."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

MB_PER_GB = 1000
ROUND_MB = 100
THOUSANDS = "\N{NARROW NO-BREAK SPACE}"
Number = int | Decimal | Fraction


def number(value: Number) -> str:
    """Return a number as it is written, to two decimals: « 4 500 », « 0,8 »."""
    rounded = round(Decimal(value.numerator) / value.denominator, 2) if isinstance(value, Fraction) else Decimal(value)
    whole, _point, decimals = f"{rounded:,f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", THOUSANDS) + (f",{decimals}" if decimals else "")


def between(low: str, high: str, unit: str = "") -> str:
    """Return « 27 à 36 Mo », or « 2 Go » where both ends are the same."""
    words = high if low == high else _("%(low)s à %(high)s") % {"low": low, "high": high}
    return f"{words} {unit}" if unit else words


def megabytes(low: Number, high: Number) -> str:
    """Return « 27 à 36 Mo », « 0,8 à 2,4 Go », « 540 Mo à 1,6 Go »."""
    if high < MB_PER_GB:
        return between(number(low), number(high), _("Mo"))
    # Under one gigabyte, only a round figure is said in gigabytes: 0,8 Go, but 540 Mo.
    if low < MB_PER_GB and low % ROUND_MB:
        return between(f"{number(low)} {_('Mo')}", _gigabytes(high), _("Go"))
    return between(_gigabytes(low), _gigabytes(high), _("Go"))


def _gigabytes(value: Number) -> str:
    return f"{float(value) / MB_PER_GB:.1f}".removesuffix(".0").replace(".", ",")
