"""Processes that were running during a restore: what they remember of the former database is forgotten."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site as DjangoSite
from wagtail.models import Site

# A table has a new number each time it is made, and a restore makes all anew.
NUMBER = "SELECT coalesce(to_regclass('django_content_type')::oid, 0)"
_known: dict[tuple[str, str], int] = {}


def forget_former_rows(connection: Any, **kwargs: Any) -> None:
    """When a connection is made: if its tables were made anew since the last one, forget rows kept in memory."""
    cursor = connection.connection.execute(NUMBER)  # not through Django: no page pays for it but the one that connects
    (number,) = cursor.fetchone()
    database = (connection.alias, connection.settings_dict["NAME"])
    if _known.setdefault(database, number) != number:
        _known[database] = number
        ContentType.objects.clear_cache()
        DjangoSite.objects.clear_cache()
        Site.clear_site_root_paths_cache()
