"""Notes the day of a person's last visit: what tells who was away, and who has left for good."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from .models import User


class LastSeenMiddleware:
    """One write a person and a day; a visitor without a session costs nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
            today = timezone.localdate()
            if request.user.last_seen_on != today:
                User.objects.filter(pk=request.user.pk).update(last_seen_on=today, inactivity_warned_on=None)
        return self.get_response(request)
