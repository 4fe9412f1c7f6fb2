"""Permissions from groups always; passwords in the demonstration only."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class DemoPasswordBackend(AuthenticationBackend):
    """allauth's backend, whose passwords open nothing outside the demonstration: elsewhere a code is e-mailed."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:  # type: ignore[override]
        if not settings.DEMO:
            return None
        return super().authenticate(request, **credentials)
