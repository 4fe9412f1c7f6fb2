from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LifespanConfig(AppConfig):
    """When a card comes online, and how it leaves: schedule, archive with a reason, replacement."""

    name = "practices.lifespan"
    label = "lifespan"
    verbose_name = _("Publication et archivage")

    def ready(self) -> None:
        from . import signals  # noqa: F401 - it reads the models, which are loaded only now
