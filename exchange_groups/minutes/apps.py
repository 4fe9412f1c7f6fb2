from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MinutesConfig(AppConfig):
    """What a session leaves: its minutes, the actions to follow, the cards drawn from it."""

    name = "exchange_groups.minutes"
    label = "minutes"
    verbose_name = _("Comptes rendus")

    def ready(self) -> None:
        # What this reads are models, which are loaded only now.
        from kb_site.members.personal_data import register_eraser

        from . import followables, signals  # noqa: F401
        from .erasing import erase_belongings

        followables.register()
        register_eraser(erase_belongings)
