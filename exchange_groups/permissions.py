"""In which groups is this person, in effect? Asked once a request; every right on a group follows from the answer."""

from collections.abc import Iterable
from typing import Any

from kb_site.accounts.groups import PARTNERS
from kb_site.accounts.models import User

PARTNER_ROLE = "partenaire"


def is_partner(user: Any) -> bool:
    """Whether this person comes from an institution: by the job of the account or by its group Partenaires."""
    if not isinstance(user, User):
        return False
    if not hasattr(user, "_is_partner"):
        user._is_partner = user.role == PARTNER_ROLE or user.groups.filter(name=PARTNERS).exists()  # type: ignore[attr-defined]
    return user._is_partner  # type: ignore[attr-defined,no-any-return]


def groups_open_to(user: Any) -> dict[int, str]:
    """Return the ids of the groups whose talk this person shares, with their role in each (one query a request)."""
    if not isinstance(user, User) or not user.is_approved:
        return {}
    if not hasattr(user, "_groups_open"):
        rows = user.group_memberships.in_effect().values_list("group_id", "role")
        user._groups_open = dict(rows)  # type: ignore[attr-defined]
    return user._groups_open  # type: ignore[attr-defined,no-any-return]


def leads_a_group(user: User) -> bool:
    """Whether this person leads a group: a role that no structure gave, and none takes away."""
    return user.group_memberships.facilitators().exists()


def forget_rights(user: Any) -> None:
    """Make the next question about this person's rights be asked anew: a membership has just changed."""
    for kept in ("_groups_open", "_principals", "_is_partner"):
        user.__dict__.pop(kept, None)


def group_principal(group_id: int) -> str:
    """Return the principal of an exchange group: held by those who share its talk."""
    return f"exchange-group:{group_id}"


def principals_of_member(user: User) -> Iterable[str]:
    """Return what membership adds to the principals of a person."""
    return map(group_principal, groups_open_to(user))
