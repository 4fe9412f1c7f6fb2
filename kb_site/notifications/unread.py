"""How many notifications a person has not read."""

from typing import Any

from django.db.models import Count, IntegerField, Subquery
from django.db.models.functions import Coalesce

from .models import Notification


def unread_of(recipient: Any) -> Coalesce:
    """Return the number as an expression, for a query that reads people."""
    unread = Notification.objects.filter(recipient=recipient, read_at=None).order_by().values("recipient")
    return Coalesce(Subquery(unread.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())
