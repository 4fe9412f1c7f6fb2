"""Count tries: an action of settings.LIMITS, for whom or from where."""

import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def from_where(request: HttpRequest) -> str:
    """Return what tells one place from another: its address, which is never kept (a digest that changes is)."""
    return str(get_adapter().get_client_ip(request))


def may_try(action: str, who: object) -> bool:
    """Count one more try of this action by `who` (an account, an address, a campaign); False when it is one too many.

    `settings.LIMITS` says how many, and in how many seconds. The key is a digest that changes with each window of time.
    """
    most, seconds = settings.LIMITS[action]
    window = int(time.time() // seconds)
    digest = salted_hmac("limits", f"{action}:{window}:{who}", algorithm="sha256").hexdigest()
    key, counts = f"{action}:{digest}", caches["limits"]
    try:
        return int(counts.incr(key)) <= most
    except ValueError:  # the first of its window, unless another one came between the two
        return most > 0 if counts.add(key, 1, seconds) else int(counts.incr(key)) <= most
