"""How often one place may ask or answer without an account. The address is never kept, even in memory: a digest is,
that changes with each window of time."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

WINDOW_SECONDS = 600
TRIES, ANSWERS = 30, 120  # a whole workshop behind one Wi-Fi answers 14 questions each in ten minutes


def within_limit(request: HttpRequest, action: str, most: int) -> bool:
    """Count one more of this action from where the request comes; False when it is one too many."""
    window = int(time.time() // WINDOW_SECONDS)
    address = get_adapter().get_client_ip(request)
    key = (
        "diagnostic:" + salted_hmac("diagnostic.limit", f"{action}:{window}:{address}", algorithm="sha256").hexdigest()
    )
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # forgotten between the two: count from here
        return True
