from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthConfig(AppConfig):
    name = "kb_site.health"
    verbose_name = _("Santé du site")
    never_shown_to_visitors = "__all__"
