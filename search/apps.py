from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "findable"  # « search » is too close to wagtail.search
    verbose_name = _("Recherche")

    def ready(self) -> None:
        from . import signals  # noqa: F401 - it reads the models, which are loaded only now
