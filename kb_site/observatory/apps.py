from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObservatoryConfig(AppConfig):
    name = "kb_site.observatory"
    label = "observatory"
    verbose_name = _("Observatoire des besoins")
    never_shown_to_visitors = "__all__"
