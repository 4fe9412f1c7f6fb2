from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndexingConfig(AppConfig):
    name = "search.indexing"
    label = "search_indexing"
    verbose_name = _("Index de recherche")
