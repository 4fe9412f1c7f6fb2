from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "kb_site.api"
    label = "api"
    verbose_name = _("Ouverture du site")
    never_shown_to_visitors = "__all__"

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401 - they read the models, which are loaded only now
