from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GivenAddressesConfig(AppConfig):
    name = "kb_site.given_addresses"
    label = "given_addresses"
    verbose_name = _("Adresses données")
    never_shown_to_visitors = "__all__"
