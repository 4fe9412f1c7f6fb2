from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinkChecksConfig(AppConfig):
    name = "practices.link_checks"
    verbose_name = _("Liens externes")
