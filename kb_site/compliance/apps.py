from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "kb_site.compliance"
    label = "compliance"
    verbose_name = _("Mentions et déclarations")

    def ready(self) -> None:
        from . import checks  # noqa: F401 - it reads the models, which are loaded only now
