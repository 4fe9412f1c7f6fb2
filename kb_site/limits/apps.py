from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LimitsConfig(AppConfig):
    name = "kb_site.limits"
    label = "limits"
    verbose_name = _("Limites")
    never_shown_to_visitors = "__all__"
