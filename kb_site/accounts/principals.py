"""Principals: the keys that open what is not public.

A principal is a short string. An object names those that may read it; a person holds some; one in common is enough.
Pages, search, counts and feeds all compare these two sets, so that a right is decided in one place per object.
"""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AnonymousUser

from .models import User

PUBLIC = "public"
MEMBERS = "members"

Contributor = Callable[[User], Iterable[str]]
_contributors: list[Contributor] = []


def contribute_principals(contributor: Contributor) -> None:
    """Let an app above give principals of its own to approved accounts (called once, when the app is ready)."""
    if contributor not in _contributors:
        _contributors.append(contributor)


def group_principal(group_id: int) -> str:
    """Return the principal of a group of accounts (django.contrib.auth)."""
    return f"group:{group_id}"


def principals_of(user: User | AnonymousUser) -> frozenset[str]:
    """Return the principals that a person holds; a pending or refused account holds what a visitor holds."""
    if not isinstance(user, User) or not user.is_approved:
        return frozenset([PUBLIC])
    if not hasattr(user, "_principals"):
        # Read with the account of a session (backends.py); asked for an account that comes from elsewhere.
        groups = user.group_ids if hasattr(user, "group_ids") else user.groups.values_list("id", flat=True)
        given = [principal for contributor in _contributors for principal in contributor(user)]
        user._principals = frozenset([PUBLIC, MEMBERS, *map(group_principal, groups), *given])  # type: ignore[attr-defined]
    return user._principals  # type: ignore[attr-defined,no-any-return]
