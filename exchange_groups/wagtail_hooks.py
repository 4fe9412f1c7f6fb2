"""Support groups and exchange groups in Wagtail's menu: created and described there, led on the site itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kb_site.members.models import User

from .models import ExchangeGroup, Membership, SupportGroup
from .vocabularies import MemberRole


class ExchangeGroupForm(WagtailAdminModelForm):
    """A group needs somebody to lead it: facilitators are named here, or later by themselves."""

    facilitators = forms.ModelMultipleChoiceField(
        label=_("Animateurs et animatrices"),
        queryset=User.objects.filter(status=User.Status.APPROVED, is_active=True),
        required=False,
        help_text=_("Ces personnes entrent dans le groupe et l’animent. Retirer quelqu’un se fait depuis le groupe."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            current = Membership.objects.facilitators().filter(group=self.instance)
            self.fields["facilitators"].initial = list(current.values_list("user_id", flat=True))

    def save(self, commit: bool = True) -> Any:
        group = super().save(commit=commit)
        if commit:
            for user in self.cleaned_data["facilitators"]:
                Membership.objects.update_or_create(
                    group=group, user=user, defaults={"role": MemberRole.ANIMATION, "left_at": None, "departure": ""}
                )
        return group


class SupportGroupViewSet(SnippetViewSet):
    model = SupportGroup
    icon = "group"
    list_display = ["number", "name", "network"]
    panels = [
        FieldPanel(name)
        for name in ("number", "name", "slug", "summary", "description", "network", "institutions", "structures")
    ]


class ExchangeGroupViewSet(SnippetViewSet):
    model = ExchangeGroup
    icon = "comment"
    list_display = ["name", "network", "access", "confidentiality", "state"]
    list_filter = ["network", "state", "confidentiality"]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in (
                "name",
                "slug",
                "summary",
                "purpose",
                "support_group",
                "network",
                "access",
                "confidentiality",
                "admits_institutions",
                "rhythm",
                "starts_on",
                "ends_on",
                "state",
                "facilitators",
            )
        ],
        base_form_class=ExchangeGroupForm,
    )


class GroupsMenu(SnippetViewSetGroup):
    menu_label = _("Groupes")
    menu_icon = "group"
    items = (ExchangeGroupViewSet, SupportGroupViewSet)


register_snippet(GroupsMenu)
