from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelplinesConfig(AppConfig):
    name = "kb_site.helplines"
    verbose_name = _("Numéros d’aide")
    never_shown_to_visitors = "__all__"  # in a page that is kept: a search has parameters, and is not
