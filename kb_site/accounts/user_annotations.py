"""What is read with the account of a session, in its one query: what every page shows of a person costs no other."""

from typing import Any

from django.db.models import Exists, OuterRef

from .choices import COORDINATION
from .models import User

_annotations: dict[str, Any] = {}


def read_with_account(**annotations: Any) -> None:
    """Add expressions over the account (OuterRef("pk")), under the names by which pages ask the account for them."""
    _annotations.update(annotations)


def annotations() -> dict[str, Any]:
    """Return the expressions that apps added, by name."""
    return _annotations


def coordinates(user: Any) -> bool:
    """Whether this account coordinates: read with the account of a session, asked for one that comes from elsewhere."""
    if user.is_superuser or hasattr(user, "in_coordination"):
        return bool(user.is_superuser or user.in_coordination)
    return bool(user.groups.filter(name=COORDINATION).exists())


read_with_account(
    in_coordination=Exists(User.groups.through.objects.filter(user=OuterRef("pk"), group__name=COORDINATION))
)
