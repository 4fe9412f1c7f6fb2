from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    name = "exchange_groups.sessions"
    label = "exchange_sessions"  # Django's own sessions have the short one
    verbose_name = _("Séances")
    shown_to_visitors = ("Method", "MethodStep", "Session", "SessionStep")
    never_shown_to_visitors = (
        "AgendaItem",
        "CalendarKey",
        "DateOption",
        "DateVote",
        "ItemVote",
        "LinksWithdrawn",
        "Note",
        "Registration",
    )
    columns_never_shown = ("Session.live_version",)  # of notes and votes taken while it is held

    def ready(self) -> None:
        from . import notification_types, pocket_kinds, sharing, signal_handlers  # noqa: F401 - they read the models, which are loaded only now

        notification_types.register()
        pocket_kinds.register()
