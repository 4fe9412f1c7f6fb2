from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndexingConfig(AppConfig):
    name = "search.engines.elasticsearch"
    label = "search_indexing"
    verbose_name = _("Index de recherche")
    never_shown_to_visitors = "__all__"

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401 - it reads the models, which are loaded only now
