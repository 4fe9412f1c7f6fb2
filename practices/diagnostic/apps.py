from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiagnosticConfig(AppConfig):
    name = "practices.diagnostic"
    label = "diagnostic"
    verbose_name = _("Diagnostic numérique")
    never_shown_to_visitors = "__all__"
