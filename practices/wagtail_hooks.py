"""Themes and conditions in Wagtail's menu; ticked boxes in the comparison of two versions."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import register_comparison_class
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .advice.comparison import ChoiceArrayComparison
from .choice_array import ChoiceArrayField
from .models import BlockedWord, Condition, Theme

register_comparison_class(ChoiceArrayField, comparison_class=ChoiceArrayComparison)


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "synonyms"]
    search_fields = ["name"]


class ConditionViewSet(SnippetViewSet):
    model = Condition
    icon = "check"
    list_display = ["label", "question", "dimension"]
    list_filter = ["dimension"]
    search_fields = ["label", "question"]


class BlockedWordViewSet(SnippetViewSet):
    model = BlockedWord
    icon = "warning"
    list_display = ["word", "advice"]
    search_fields = ["word"]


class VocabulariesGroup(SnippetViewSetGroup):
    menu_label = _("Thèmes et conditions")
    menu_icon = "tag"
    items = (ThemeViewSet, ConditionViewSet, BlockedWordViewSet)


register_snippet(VocabulariesGroup)
