from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "findable"  # wagtail.search already bears the label « wagtailsearch »; « search » stays free for it
    verbose_name = _("Recherche")
