from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "findable"  # « search » is too close to wagtail.search
    verbose_name = _("Recherche")
    shown_to_visitors = "__all__"
    kept_ready = ("SynonymGroup", "Constraint", "Need", "NeedCard")  # editor_rules.py
    written_by_triggers = {"ChangedEntry": "IndexedEntry"}

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401 - it reads the models, which are loaded only now

        post_migrate.connect(_fill, sender=self)


def _fill(**kwargs: Any) -> None:
    """Index what an older site holds, once its tables are there."""
    # These read the models, which are loaded only now.
    from .index.writer import rebuild
    from .models import IndexedEntry, SearchEntry

    if SearchEntry.objects.exists() and not IndexedEntry.objects.exists():
        rebuild()
