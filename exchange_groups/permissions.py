"""In which groups is this person, in effect? Asked once a request; every right on a group follows from the answer."""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from kb_site.accounts.models import User


class Standing(NamedTuple):
    """What somebody is in a group: the role, and since when they lead it (None: they do not)."""

    role: str
    leads_since: datetime.datetime | None


def is_partner(user: Any) -> bool:
    """Whether this person comes from an institution; asked once a request."""
    if not isinstance(user, User):
        return False
    if not hasattr(user, "_is_partner"):
        read = getattr(user, "is_from_institution", None)  # with the account of a session
        user._is_partner = user.comes_from_institution if read is None else read  # type: ignore[attr-defined]
    return user._is_partner  # type: ignore[attr-defined,no-any-return]


def _standings(user: Any) -> dict[int, Standing]:
    """Return what this person is in each group whose talk they share: read with the account of a session, asked for an
    account that comes from elsewhere, or whose memberships have just changed."""
    if not isinstance(user, User) or not user.is_approved:
        return {}
    if not hasattr(user, "_groups_open") and hasattr(user, "standings"):
        user._groups_open = dict(map(_standing, user.standings))  # type: ignore[attr-defined]
    if not hasattr(user, "_groups_open"):
        partner = Exists(User.objects.from_institutions().filter(pk=OuterRef("user")))
        rows = list(user.group_memberships.in_effect().values_list("group_id", "role", "leads_since", partner))
        if rows:
            user._is_partner = rows[0][3]  # type: ignore[attr-defined]
        user._groups_open = {group: Standing(role, since) for group, role, since, _partner in rows}  # type: ignore[attr-defined]
    return user._groups_open  # type: ignore[attr-defined,no-any-return]


def standings_of(account: OuterRef) -> QuerySet[Any, Any]:
    """Return what an account is in each group whose talk it shares, as texts, for the query that reads it."""
    memberships: Any = User._meta.get_field("group_memberships").related_model
    since = Coalesce(Cast("leads_since", CharField()), Value(""))
    told = Concat(Cast("group_id", CharField()), Value(" "), "role", Value(" "), since)
    return memberships.objects.in_effect().filter(user=account).order_by().values(told=told)  # type: ignore[no-any-return]


def _standing(told: str) -> tuple[int, Standing]:
    group, role, since = told.split(" ", 2)
    return int(group), Standing(role, datetime.datetime.fromisoformat(since) if since else None)


def groups_open_to(user: Any) -> dict[int, str]:
    """Return the ids of the groups whose talk this person shares, with their role in each."""
    return {group: standing.role for group, standing in _standings(user).items()}


def leads_since(user: Any, group_id: int) -> datetime.datetime | None:
    """Return since when this person leads the group and shares its talk; None when they do not."""
    standing = _standings(user).get(group_id)
    return standing.leads_since if standing else None


def leads_a_group(user: User) -> bool:
    """Whether this person leads a group: a role that no structure gave, and none takes away."""
    return user.group_memberships.facilitators().exists()


def led_by(account: OuterRef) -> QuerySet[Any, Any]:
    """Return the addresses (slugs) of the groups that an account leads, for the query that reads it."""
    memberships: Any = User._meta.get_field("group_memberships").related_model
    return memberships.objects.leading().filter(user=account).order_by("group__name").values("group__slug")  # type: ignore[no-any-return]


def forget_rights(user: Any) -> None:
    """Make the next question about this person's rights be asked anew: a membership has just changed."""
    for kept in ("_groups_open", "standings", "_principals", "_is_partner", "is_from_institution"):
        if hasattr(user, kept):
            delattr(user, kept)


def group_principal(group_id: int, *, with_institutions: bool = True) -> str:
    """Return the principal of what is said in a group: held by those who share its talk.

    Without institutions: held by the members who come from none.
    """
    return f"exchange-group:{group_id}" + ("" if with_institutions else ":peers")


def principals_of_member(user: User) -> Iterable[str]:
    """Return what membership adds to the principals of a person."""
    for group in groups_open_to(user):
        yield group_principal(group)
        if not is_partner(user):
            yield group_principal(group, with_institutions=False)
