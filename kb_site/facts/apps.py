from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactsConfig(AppConfig):
    name = "kb_site.facts"
    verbose_name = _("Faits et chiffres")
    shown_to_visitors = "__all__"
