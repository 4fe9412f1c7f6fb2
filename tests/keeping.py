"""What a site keeps, kept in a test: in the memory of its process, empty at first."""

import uuid
from typing import Any


def keep_in_memory(settings: Any) -> None:
    """Keep pages and parts of pages from now on; what another test kept is elsewhere."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    own = {name: {"BACKEND": memory, "LOCATION": f"{name} {uuid.uuid4()}"} for name in ("pages", "parts")}
    settings.CACHES = settings.CACHES | own
