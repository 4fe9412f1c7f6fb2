from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    name = "exchange_groups.sessions"
    label = "exchange_sessions"  # Django's own sessions have the short one
    verbose_name = _("Séances")

    def ready(self) -> None:
        from . import notification_types, signal_handlers  # noqa: F401 - they read the models, which are loaded only now

        notification_types.register()
