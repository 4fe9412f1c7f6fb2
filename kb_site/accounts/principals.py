"""Principals: the keys that open what is not public.

A principal is a short string. An object names those that may read it; a person holds some; one in common is enough.
Pages, search, counts and feeds all compare these two sets, so that a right is decided in one place per object.
"""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AnonymousUser

from .models import User

PUBLIC = "public"
MEMBERS = "members"
GROUP = "group:"

Contributor = Callable[[User], Iterable[str]]
_contributors: list[Contributor] = []


def contribute_principals(contributor: Contributor) -> None:
    """Let an app above give principals of its own to approved accounts (called once, when the app is ready)."""
    if contributor not in _contributors:
        _contributors.append(contributor)


def group_principal(group_id: int) -> str:
    """Return the principal of a group of accounts (django.contrib.auth)."""
    return f"{GROUP}{group_id}"


def held_among(user: User | AnonymousUser, wanted: frozenset[str]) -> frozenset[str]:
    """Return those of these principals that a person holds: what apps above give is asked only where it could be one of them."""
    own = _own(user)
    unknown = [one for one in wanted - own if one not in {PUBLIC, MEMBERS} and not one.startswith(GROUP)]
    return wanted & (principals_of(user) if unknown else own)


def _own(user: User | AnonymousUser) -> frozenset[str]:
    """Return the principals of an account, without what apps above give it."""
    if not isinstance(user, User) or not user.is_approved:
        return frozenset([PUBLIC])
    # Read with the account of a session (backends.py); asked for an account that comes from elsewhere.
    groups = user.group_ids if hasattr(user, "group_ids") else user.groups.values_list("id", flat=True)
    return frozenset([PUBLIC, MEMBERS, *map(group_principal, groups)])


def principals_of(user: User | AnonymousUser) -> frozenset[str]:
    """Return the principals that a person holds; a pending or refused account holds what a visitor holds."""
    if not isinstance(user, User) or not user.is_approved:
        return frozenset([PUBLIC])
    if not hasattr(user, "_principals"):
        given = [principal for contributor in _contributors for principal in contributor(user)]
        user._principals = _own(user) | frozenset(given)  # type: ignore[attr-defined]
    return user._principals  # type: ignore[attr-defined,no-any-return]
