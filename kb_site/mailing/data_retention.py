"""The mails that left, and what mail servers said of an address; see kb_site/personal_data.py."""

from typing import Any

from kb_site.personal_data import ERASED, hold, register_eraser

from .models import AddressProblem

hold({"mailing.Delivery.recipient": ERASED})


def _erase_problems(user: Any) -> None:
    """What mail servers said of the address, which no relation shows."""
    AddressProblem.objects.filter(email__iexact=user.email).delete()


register_eraser(_erase_problems)
