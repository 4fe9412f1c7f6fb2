"""The client, one a process, and its errors as those of our engines."""

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, BadRequestError, Elasticsearch

from ..interface import EngineUnavailable, RequestRefused

WRITE_TIMEOUT = 30.0  # seconds: a batch of entries, an alias, a refresh


@functools.cache
def _client(url: str, timeout: float) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=timeout, max_retries=0, retry_on_timeout=False)


os.register_at_fork(after_in_child=_client.cache_clear)  # two processes never share a socket


def client(timeout: float = WRITE_TIMEOUT) -> Elasticsearch:
    """Return the client of the server in the settings; it waits up to `timeout` seconds, and never tries again."""
    return _client(settings.ELASTICSEARCH_URL, timeout)


@contextmanager
def translated_errors() -> Iterator[None]:
    """Raise RequestRefused when the server understood and refused, EngineUnavailable for every other failure."""
    try:
        yield
    except BadRequestError as error:
        raise RequestRefused(str(error)) from error
    except (TransportError, ApiError) as error:
        raise EngineUnavailable(str(error)) from error
