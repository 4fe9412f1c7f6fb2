from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiagnosticConfig(AppConfig):
    name = "practices.diagnostic"
    label = "diagnostic"
    verbose_name = _("Diagnostic numérique")
    never_shown_to_visitors = "__all__"

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401 - receivers
