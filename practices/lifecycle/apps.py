from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LifecycleConfig(AppConfig):
    """When a page comes online, how it stays true, how it leaves; the links it holds."""

    name = "practices.lifecycle"
    label = "lifecycle"
    verbose_name = _("Vie des fiches")
    shown_to_visitors = ("CardEnding", "ExternalLink", "LinkUse")
    never_shown_to_visitors = ("FactReminder", "Reminder", "ReminderMail")

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401 - it reads the models, which are loaded only now
