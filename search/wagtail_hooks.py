"""Equivalent words in Wagtail's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import SynonymGroup


class SynonymGroupViewSet(SnippetViewSet):
    model = SynonymGroup
    icon = "doc-full-inverse"
    list_display = ["__str__", "note"]
    search_fields = ["wordings", "note"]


class SearchGroup(SnippetViewSetGroup):
    menu_label = _("Recherche")
    menu_icon = "search"
    items = (SynonymGroupViewSet,)


register_snippet(SearchGroup)
