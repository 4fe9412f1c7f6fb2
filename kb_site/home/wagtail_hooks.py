"""Networks and structures in Wagtail's menu; a new network gets its section at once."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kb_site.accounts.choices import TERRITORIES
from kb_site.accounts.models import Network, Structure

from .site_structure import open_section


class NetworkForm(WagtailAdminModelForm):
    """Territories are ticked: typed as codes, a wrong one would be repeated in an error that Django formats twice."""

    territories = forms.MultipleChoiceField(
        label=_("territoires"), choices=TERRITORIES, required=False, widget=forms.CheckboxSelectMultiple
    )


class NetworkViewSet(SnippetViewSet):
    model = Network
    icon = "globe"
    list_display = ["name", "slug"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("name", "slug", "description", "territories")], base_form_class=NetworkForm
    )


class StructureViewSet(SnippetViewSet):
    model = Structure
    icon = "home"
    list_display = ["name", "siae_type", "territory", "network"]
    list_filter = ["siae_type", "network"]
    panels = [
        FieldPanel("name"),
        FieldPanel("siret"),
        FieldPanel("siae_type"),
        FieldPanel("territory"),
        FieldPanel("network"),
    ]


class NetworksGroup(SnippetViewSetGroup):
    menu_label = _("Réseaux")
    menu_icon = "group"
    items = (NetworkViewSet, StructureViewSet)


register_snippet(NetworksGroup)


@hooks.register("after_create_snippet")
def open_section_of_new_network(request: HttpRequest, instance: object) -> None:
    if isinstance(instance, Network):
        open_section(instance)
