"""A cache in a table, for counts of tries: each verb is one statement, so two processes never count the same try once.

Django's own cache in a database reads, then writes: two tries at once may count as one. Values are JSON: numbers, lists of
them, true. `DefaultCache` is the default one: it hands over to « limits » what allauth counts there, and nothing else.
"""

import datetime
import json
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone

from kb_site.fail_open_cache import FailOpenCache

UPSERT = """
    INSERT INTO limits_count AS counted (key, value, until) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, until = EXCLUDED.until
"""
ALIVE = "(until IS NULL OR until > now())"
# The keys of allauth's own limits of pace.
COUNTED_BY_ALLAUTH = "allauth:rl:"


class TableCache(BaseCache):
    """The verbs that counts need, and no other."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _row(self, key: str, value: Any, timeout: Any, version: int | None) -> list[Any]:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        until = None if seconds is None else timezone.now() + datetime.timedelta(seconds=seconds)
        return [self.make_key(key, version), json.dumps(value), until]

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with connection.cursor() as cursor:
            select = f"SELECT value::text FROM limits_count WHERE key = %s AND {ALIVE}"  # noqa: S608 - a constant
            cursor.execute(select, [self.make_key(key, version)])
            found = cursor.fetchone()
        return json.loads(found[0]) if found else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(UPSERT, self._row(key, value, timeout, version))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"{UPSERT} WHERE counted.until <= now()", self._row(key, value, timeout, version))
            return bool(cursor.rowcount)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE limits_count SET value = to_jsonb((value::text)::bigint + %s)"  # noqa: S608 - a constant
                f" WHERE key = %s AND {ALIVE} RETURNING value::text",
                [delta, self.make_key(key, version)],
            )
            found = cursor.fetchone()
        if found is None:
            raise ValueError(f"Key {key!r} not found")
        return int(found[0])

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        made, _value, until = self._row(key, None, timeout, version)
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE limits_count SET until = %s WHERE key = %s AND {ALIVE}", [until, made])  # noqa: S608
            return bool(cursor.rowcount)

    def delete(self, key: str, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM limits_count WHERE key = %s", [self.make_key(key, version)])
            return bool(cursor.rowcount)

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM limits_count")


class DefaultCache(FailOpenCache):
    """The default cache: what may be lost stays near, what limits tries is counted in one place."""

    def ask(self, verb: str, *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], str) and args[0].startswith(COUNTED_BY_ALLAUTH):
            return getattr(caches["limits"], verb)(*args, **kwargs)
        return super().ask(verb, *args, **kwargs)
