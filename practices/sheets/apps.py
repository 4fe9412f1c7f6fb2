from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SheetsConfig(AppConfig):
    name = "practices.sheets"
    verbose_name = _("Import et export des fiches")
