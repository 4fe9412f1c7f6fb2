from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class IndexConfig(AppConfig):
    name = "search.index"
    label = "search_index"
    verbose_name = _("Index de recherche")

    def ready(self) -> None:
        post_migrate.connect(_fill, sender=self)


def _fill(**kwargs: Any) -> None:
    """Index what an older site holds, once its tables are there."""
    # Models are loaded after the configuration of apps.
    from ..models import SearchEntry
    from .models import IndexedEntry
    from .writing import rebuild

    if SearchEntry.objects.exists() and not IndexedEntry.objects.exists():
        rebuild()
