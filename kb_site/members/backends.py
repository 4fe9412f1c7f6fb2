"""Permissions from groups always; passwords in the demonstration only."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from .models import User


class DemoPasswordBackend(ModelBackend):
    """Django's backend, whose password sign-in is closed outside the demonstration: elsewhere a code is e-mailed."""

    def authenticate(self, request: HttpRequest | None, *args: Any, **credentials: Any) -> User | None:
        if not settings.DEMO:
            return None
        return super().authenticate(request, *args, **credentials)  # type: ignore[return-value]
