from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "kb_site.accounts"
    label = "members"  # of its tables and content types
    verbose_name = _("Membres")
    shown_to_visitors = ("Network", "Structure", "User")
    never_shown_to_visitors = ("AddressChange", "Invitation")
    columns_never_shown = ("User.last_login", "User.last_seen_on", "User.inactivity_warned_on")

    def ready(self) -> None:
        from . import admin_screens, signal_handlers  # noqa: F401

        autodiscover_modules("data_retention")  # what each app holds about people
