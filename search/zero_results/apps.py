from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ZeroResultsConfig(AppConfig):
    name = "search.zero_results"
    label = "search_gaps"
    verbose_name = _("Recherches sans réponse")
    never_shown_to_visitors = "__all__"

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401 - it reads the models, which are loaded only now
