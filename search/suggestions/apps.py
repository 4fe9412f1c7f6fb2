from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    name = "search.suggestions"
    label = "search_suggestions"
    verbose_name = _("Suggestions de recherche")
