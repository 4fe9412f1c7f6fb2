from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MinutesConfig(AppConfig):
    """What a session leaves: its minutes, the actions to follow, the cards drawn from it."""

    name = "exchange_groups.minutes"
    label = "minutes"
    verbose_name = _("Comptes rendus")
    shown_to_visitors = "__all__"

    def ready(self) -> None:
        # What this reads are models, which are loaded only now.
        from kb_site.personal_data import register_eraser

        from . import notification_types, pocket_kinds, sharing, signal_handlers  # noqa: F401
        from .erasure import erase_belongings

        notification_types.register()
        pocket_kinds.register()
        register_eraser(erase_belongings)
