"""Numbers and situations of danger, in Wagtail's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import DangerSituation, Helpline


class DangerSituationViewSet(SnippetViewSet):
    model = DangerSituation
    icon = "warning"
    list_display = ["name", "order", "review_on"]
    search_fields = ["name", "wordings"]


class HelplineViewSet(SnippetViewSet):
    model = Helpline
    icon = "mobile-alt"
    list_display = ["number", "name", "hours", "checked_on"]
    search_fields = ["number", "name"]


class HelplinesGroup(SnippetViewSetGroup):
    menu_label = _("Numéros d’aide")
    menu_icon = "warning"
    items = (DangerSituationViewSet, HelplineViewSet)


register_snippet(HelplinesGroup)
