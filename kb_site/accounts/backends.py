"""Permissions from groups always; passwords in the demonstration only."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest

from .models import User
from .user_annotations import annotations


class DemoPasswordBackend(AuthenticationBackend):
    """allauth's backend, whose passwords open nothing outside the demonstration: elsewhere a code is e-mailed."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:  # type: ignore[override]
        if not settings.DEMO:
            return None
        return super().authenticate(request, **credentials)

    def get_user(self, user_id: int) -> User | None:
        """Return the account of a session, with its groups and what other apps read with it: pages need
        them, and so they cost no query of their own."""
        user = next(iter(User.objects.raw(*_statement(user_id))), None)
        return user if user is not None and self.user_can_authenticate(user) else None


# Stands for the account in the statement that is put together once; no account has this number.
_SOMEBODY = -987_654_321


def _statement(user_id: int) -> tuple[str, list[Any]]:
    """Return the statement that reads an account, and its parameters."""
    sql, params = _statement_of_somebody()
    return sql, [user_id if param == _SOMEBODY else param for param in params]


@cache
def _statement_of_somebody() -> tuple[str, tuple[Any, ...]]:
    """Return the statement that reads an account with what is read with it.

    Each request of a member asks it: put together by Django each time, it takes longer than all the rest of reading it.
    """
    groups = User.groups.through.objects.filter(user=OuterRef("pk")).values("group_id")
    people = User.objects.annotate(group_ids=ArraySubquery(groups), **annotations()).filter(pk=_SOMEBODY)
    return people.order_by().query.sql_with_params()
