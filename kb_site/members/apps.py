from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "kb_site.members"
    verbose_name = _("Membres")

    def ready(self) -> None:
        from . import signals  # noqa: F401
