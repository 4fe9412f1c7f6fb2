"""What every page may show of a person: how many notifications are unread, what is followed; read with the account."""

from typing import Any

from django.db.models import CharField, Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from .models import Follow, Notification


def unread_of(recipient: Any) -> Coalesce:
    """Return the number as an expression, for a query that reads people."""
    unread = Notification.objects.filter(recipient=recipient, read_at=None).order_by().values("recipient")
    return Coalesce(Subquery(unread.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())


def followed_by(user: Any) -> QuerySet[Any, Any]:
    """Return what a person follows as « content type:id », for a query that reads people."""
    key = Concat(Cast("content_type_id", CharField()), Value(":"), Cast("object_id", CharField()))
    return Follow.objects.filter(user=user).annotate(thing=key).values_list("thing")
