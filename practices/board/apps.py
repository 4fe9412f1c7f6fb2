from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "practices.board"
    verbose_name = _("Tableau de bord des éditeurs")

    def ready(self) -> None:
        # Each application gives its rows in its own board_panels.py; the board knows none of them.
        autodiscover_modules("board_panels")
