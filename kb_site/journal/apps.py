from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "kb_site.journal"
    label = "journal"
    verbose_name = _("Journal des actes sensibles")
    never_shown_to_visitors = "__all__"

    def ready(self) -> None:
        autodiscover_modules("sensitive_acts")  # the kinds of acts that each app writes
