"""A cache that costs speed when it fails, never an answer: Redis that is down, frozen or full, a folder that refuses.

Another cache takes over meanwhile. Which one decides what is lost: in the memory of this process, counts of pace go on,
each process for itself; in none, nothing is kept.
"""

import logging
import pickle
import zlib
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import CacheHandler
from django.core.cache.backends.base import BaseCache

from .circuit_breaker import CircuitBreaker

log = logging.getLogger(__name__)

# Verbs that read what was stored, perhaps by another version of Python or of this site, or by a disk that errs: there is
# no end to what the libraries then say.
_READ = frozenset({"get", "get_many", "has_key", "add", "touch"})
REDIS = "django.core.cache.backends.redis.RedisCache"
_breakers: defaultdict[str, CircuitBreaker] = defaultdict(CircuitBreaker)  # Django makes one cache object a thread


def _guarded(verb: str) -> Callable[..., Any]:
    def ask(self: "FailOpenCache", *args: Any, **kwargs: Any) -> Any:
        return self.ask(verb, *args, **kwargs)

    return ask


class FailOpenCache(BaseCache):
    """LOCATION is a name for the logs. OPTIONS: `KEPT_IN` and `WHILE_DOWN`, two caches as CACHES describes them, and
    `DOUBTED`, the keys to delete before the first is trusted again: their changes may have been missed meanwhile.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        options = params["OPTIONS"]
        kept_in = dict(options["KEPT_IN"])
        self._failures: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error, pickle.UnpicklingError)
        if kept_in["BACKEND"] == REDIS:
            from redis.exceptions import RedisError  # weighs on a site that does without

            self._failures += (RedisError,)
            patience = dict.fromkeys(("socket_timeout", "socket_connect_timeout"), settings.CACHE_TIMEOUT)
            kept_in["OPTIONS"] = patience | kept_in.get("OPTIONS", {})
        self._caches = CacheHandler({"default": kept_in, "while_down": options["WHILE_DOWN"]})
        self._doubted: list[str] = options.get("DOUBTED", [])
        self._name = name
        self._breaker = _breakers[f"{name} {kept_in.get('LOCATION')}"]

    def ask(self, verb: str, *args: Any, **kwargs: Any) -> Any:
        """Do one thing in the cache; in the other one when it fails, or failed less than CACHE_RETRY_AFTER ago."""
        pause = settings.CACHE_RETRY_AFTER
        if self._breaker.lets_through(pause):
            try:
                kept = self._caches["default"]  # made here: a folder may refuse from the start
                if not self._breaker.closed and self._doubted:
                    kept.delete_many(self._doubted)
                answer = getattr(kept, verb)(*args, **kwargs)
            except Exception as error:
                if verb not in _READ and not isinstance(error, self._failures):
                    raise
                if self._breaker.failed(pause):
                    log.warning("The cache « %s » fails, the site goes on without it: %s", self._name, error)
            else:
                if self._breaker.succeeded():
                    log.warning("The cache « %s » answers again", self._name)
                return answer
        return getattr(self._caches["while_down"], verb)(*args, **kwargs)

    add = _guarded("add")
    get = _guarded("get")
    set = _guarded("set")
    touch = _guarded("touch")
    delete = _guarded("delete")
    has_key = _guarded("has_key")
    incr = _guarded("incr")
    get_many = _guarded("get_many")
    set_many = _guarded("set_many")
    delete_many = _guarded("delete_many")
    clear = _guarded("clear")

    def close(self, **kwargs: Any) -> None:
        self._caches.close_all()
