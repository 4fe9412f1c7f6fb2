from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "kb_site.members"
    verbose_name = _("Membres")

    def ready(self) -> None:
        from . import signals  # noqa: F401

        autodiscover_modules("held")  # what each app holds about people
