from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CardRequestsConfig(AppConfig):
    name = "search.card_requests"
    label = "card_requests"
    verbose_name = _("Fiches demandées")
    shown_to_visitors = "__all__"
