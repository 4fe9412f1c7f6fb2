from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpertsConfig(AppConfig):
    """The opinion of people without an account, by a secret link."""

    name = "practices.experts"
    label = "experts"
    verbose_name = _("Avis d’experts")
