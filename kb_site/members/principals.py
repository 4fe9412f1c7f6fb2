"""Principals: the keys that open what is not public.

A principal is a short string. An object names those that may read it; a person holds some; one in common is enough.
Pages, search, counts and feeds all compare these two sets, so that a right is decided in one place per object.
"""

from django.contrib.auth.models import AnonymousUser

from .models import User

PUBLIC = "public"
MEMBERS = "members"


def group_principal(group_id: int) -> str:
    """Return the principal of a group of accounts (django.contrib.auth)."""
    return f"group:{group_id}"


def principals_of(user: User | AnonymousUser) -> frozenset[str]:
    """Return the principals that a person holds; a pending or refused account holds what a visitor holds."""
    if not isinstance(user, User) or not user.is_approved:
        return frozenset([PUBLIC])
    if not hasattr(user, "_principals"):
        groups = user.groups.values_list("id", flat=True)
        user._principals = frozenset([PUBLIC, MEMBERS, *map(group_principal, groups)])  # type: ignore[attr-defined]
    return user._principals  # type: ignore[attr-defined,no-any-return]
