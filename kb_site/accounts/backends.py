"""Permissions from groups always; passwords in the demonstration only."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
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
        user = _people().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


@cache
def _people() -> QuerySet[User]:
    """Return the query of accounts with what is read with them, put together once: each request of a member asks it."""
    groups = User.groups.through.objects.filter(user=OuterRef("pk")).values("group_id")
    return User.objects.annotate(group_ids=ArraySubquery(groups), **annotations())
