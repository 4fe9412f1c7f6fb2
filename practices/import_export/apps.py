from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportExportConfig(AppConfig):
    name = "practices.import_export"
    label = "import_export"
    verbose_name = _("Import et export des fiches")
    never_shown_to_visitors = "__all__"
