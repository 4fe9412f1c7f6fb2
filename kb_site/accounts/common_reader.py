"""Somebody who holds given rights, and is nobody: what is made for them is the same for all who hold those rights."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from .models import User
from .principals import MEMBERS, PUBLIC, held_among

Restrictions = list[tuple[str, frozenset[str]]]  # the paths that not everybody reads below, and the principals that do


class Personal(Exception):
    """What was being made asks who reads it: it cannot be the same for all."""


class CommonReader:
    """Stands for `request.user` while a page is made once for many. It holds principals, and no one may ask it more: each
    other question raises Personal, also where a default is at hand, so that nothing of a person can be kept by mistake.
    """

    # Code that asks « is this an account? » before it asks the rest shall ask the rest, and be refused.
    __class__ = User  # type: ignore[assignment]

    is_authenticated = True
    is_anonymous = False

    def __init__(self, *, is_approved: bool, principals: frozenset[str], restrictions: Restrictions) -> None:
        self.is_approved = is_approved
        self._principals = principals
        self._page_restrictions = restrictions
        self._closed_paths = [path for path, opened in restrictions if not principals & opened]

    def __getattr__(self, name: str) -> Any:
        raise Personal(name)


def common_reader(user: Any, restrictions: Restrictions) -> tuple[str, Any]:
    """Return the name of this person's rights on pages, and somebody who holds them alone.

    Of groups and other principals, only those that open a restriction are rights on pages. A visitor is nobody already.
    """
    if not user.is_authenticated:
        nobody = AnonymousUser()
        nobody._page_restrictions = restrictions  # type: ignore[attr-defined]
        return "visitor", nobody
    user._page_restrictions = restrictions  # what is made for this person alone asks for them no more
    opening = frozenset(principal for _path, opened in restrictions for principal in opened)
    principals = held_among(user, opening | {PUBLIC, MEMBERS})
    name = "|".join(["member" if MEMBERS in principals else "pending", *sorted(principals)])
    return name, CommonReader(is_approved=user.is_approved, principals=principals, restrictions=restrictions)
