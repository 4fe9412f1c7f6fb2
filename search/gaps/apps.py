from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GapsConfig(AppConfig):
    name = "search.gaps"
    label = "search_gaps"
    verbose_name = _("Recherches sans réponse")

    def ready(self) -> None:
        from . import signals  # noqa: F401 - it reads the models, which are loaded only now
