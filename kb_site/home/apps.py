from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "kb_site.home"
    verbose_name = _("Accueil")
    shown_to_visitors = "__all__"

    def ready(self) -> None:
        from . import sharing  # noqa: F401 - it reads the models, which are loaded only now

        autodiscover_modules("home_blocks", "role_bar_links")
