from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Pratiques")

    def ready(self) -> None:
        from . import followables, signals  # noqa: F401
        from .card_rules import CardRules
        from .comment_rules import register_rules

        followables.register()
        register_rules(CardRules())
