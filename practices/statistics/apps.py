import atexit

from django.apps import AppConfig
from django.core.signals import request_finished
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    name = "practices.statistics"
    label = "practice_statistics"
    verbose_name = _("Statistiques des fiches")
    never_shown_to_visitors = "__all__"

    def ready(self) -> None:
        # What this reads are models, which are loaded only now.
        from .page_views import flush_if_due, flush_quietly

        # After the answer has left: nobody waits for a count.
        request_finished.connect(flush_if_due, dispatch_uid="practices.statistics")
        atexit.register(flush_quietly)
        autodiscover_modules("measures")
