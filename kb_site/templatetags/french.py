"""Django's filter `date`, in French as it is said. Built in (settings.TEMPLATES): every template has it, mails too."""

import datetime
from typing import Any

from django import template
from django.template.defaultfilters import date as django_date

from kb_site.french.dates import french_date

register = template.Library()


@register.filter("date", expects_localtime=True, is_safe=False)
def date(value: Any, pattern: str | None = None) -> str:
    """« 1er décembre 2026 », « 2 décembre 2026 à 14 h »; nothing stays nothing."""
    return french_date(value, pattern) if isinstance(value, datetime.date) else str(django_date(value, pattern))
