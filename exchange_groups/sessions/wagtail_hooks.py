"""The methods of sessions in Wagtail's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Method


class MethodViewSet(SnippetViewSet):
    model = Method
    icon = "list-ol"
    menu_label = _("Méthodes d’animation")
    add_to_admin_menu = True
    list_display = ["name", "format"]


register_snippet(MethodViewSet)
