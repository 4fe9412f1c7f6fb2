from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "exchange_groups.live"
    verbose_name = _("Séances en direct")
    never_shown_to_visitors = "__all__"
