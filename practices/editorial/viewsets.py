"""The vocabularies that editors keep: themes, conditions, words that nobody may publish."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from practices.comments.models import BlockedWord

from ..models import Condition, Theme


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "synonyms"]


class ConditionViewSet(SnippetViewSet):
    model = Condition
    icon = "check"
    list_display = ["label", "question", "dimension"]
    list_filter = ["dimension"]


class BlockedWordViewSet(SnippetViewSet):
    model = BlockedWord
    icon = "warning"
    list_display = ["word", "advice"]
    search_fields = ["word"]


class VocabulariesGroup(SnippetViewSetGroup):
    menu_label = _("Thèmes et conditions")
    menu_icon = "tag"
    items = (ThemeViewSet, ConditionViewSet, BlockedWordViewSet)
