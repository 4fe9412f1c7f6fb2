"""Themes and conditions in Wagtail's menu; ticked boxes in the comparison of two versions."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.compare import register_comparison_class
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .advice.comparison import ChoiceArrayComparison
from .choice_array import ChoiceArrayField
from .models import BlockedWord, Condition, Theme
from .models.gone import gone_from

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
    menu_label = gettext_lazy("Thèmes et conditions")
    menu_icon = "tag"
    items = (ThemeViewSet, ConditionViewSet, BlockedWordViewSet)


register_snippet(VocabulariesGroup)


@hooks.register("before_edit_page")
def tell_what_is_gone(request: HttpRequest, page: Page) -> None:
    """Tell the editor, until the draft is saved again, what it cited and that was deleted meanwhile."""
    if request.method != "GET" or page.latest_revision is None:
        return
    for words in gone_from(page.latest_revision):
        told = _("%s n’existe plus sur le site : ce brouillon, qui le citait, s’enregistrera sans.") % words
        messages.warning(request, told[:1].upper() + told[1:])
