from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpkeepConfig(AppConfig):
    name = "practices.upkeep"
    verbose_name = _("Fraîcheur des fiches")

    def ready(self) -> None:
        from . import card_section  # noqa: F401 - it reads the models, which are loaded only now
