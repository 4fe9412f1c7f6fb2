"""What editors know of how people search, in Wagtail's menu: equivalent words, constraints, needs."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Constraint, Need, SynonymGroup


class SynonymGroupViewSet(SnippetViewSet):
    model = SynonymGroup
    icon = "doc-full-inverse"
    list_display = ["__str__", "note"]
    search_fields = ["wordings", "note"]


class ConstraintViewSet(SnippetViewSet):
    model = Constraint
    icon = "no-view"
    list_display = ["label", "suits", "contradicts"]
    search_fields = ["label", "lacking", "wordings"]


class NeedViewSet(SnippetViewSet):
    model = Need
    icon = "help"
    # Under its own name, « values » would hide the method by which Wagtail's template reads the columns.
    list_display = ["name", Column("answers", label=Need._meta.get_field("values").verbose_name, accessor="values")]
    search_fields = ["name", "wordings"]


class SearchGroup(SnippetViewSetGroup):
    menu_label = _("Recherche")
    menu_icon = "search"
    items = (SynonymGroupViewSet, ConstraintViewSet, NeedViewSet)


register_snippet(SearchGroup)
