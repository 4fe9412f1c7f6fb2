from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    """Cards proposed by members, in a short form."""

    name = "practices.proposals"
    label = "proposals"
    verbose_name = _("Propositions")

    def ready(self) -> None:
        from . import signals  # noqa: F401 - it reads the models, which are loaded only now
