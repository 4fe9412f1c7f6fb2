from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExperiencesConfig(AppConfig):
    name = "practices.experiences"
    label = "experiences"
    verbose_name = _("Retours d’expérience")
    shown_to_visitors = "__all__"

    def ready(self) -> None:
        from . import page_sections  # noqa: F401 - it reads the models, which are loaded only now
