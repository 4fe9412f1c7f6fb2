from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Pratiques")
    shown_to_visitors = "__all__"

    def ready(self) -> None:
        from . import notification_types, page_context, pocket_kinds, sharing, signal_handlers  # noqa: F401 - they read the models, which are loaded only now

        notification_types.register()
        pocket_kinds.register()
