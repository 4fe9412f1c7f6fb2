"""Support groups and exchange groups in Wagtail's menu: created and described there, led on the site itself."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CopyView, EditView, SnippetViewSet, SnippetViewSetGroup

from kb_site.accounts.models import User

from .models import ExchangeGroup, Membership, SupportGroup
from .services.errors import NotTheirs
from .services.journal import record_confidentiality
from .services.memberships import name_facilitators


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
        self.stored = ExchangeGroup.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if self.stored:
            current = Membership.objects.facilitators().filter(group=self.stored)
            self.fields["facilitators"].initial = list(current.values_list("user_id", flat=True))

    def clean(self) -> Any:
        """What opens a group is for those who lead it; what may never be opened, the group itself says (its clean)."""
        cleaned = super().clean()
        if self.stored is None:
            return cleaned
        leading = set(self.fields["facilitators"].initial)
        named = [person for person in cleaned.get("facilitators") or () if person.pk not in leading]
        if named and not self.stored.may_have_facilitators_named_by(self.for_user):
            self.add_error("facilitators", f"{NotTheirs.message} ({self.stored.get_decisions_url()})")
        asked = ExchangeGroup(access=cleaned.get("access") or self.stored.access)
        led = self.stored.may_be_managed_by(self.for_user)
        if asked.is_entered_more_easily_than(self.stored) and self.stored.has_talk and not led:
            self.add_error(
                "access",
                _("Ce groupe a déjà des échanges. Seule l’animation du groupe peut en rendre l’entrée plus facile."),
            )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        group = super().save(commit=commit)
        if commit:
            if self.stored is not None:
                record_confidentiality(group=group, before=self.stored, by=self.for_user)
            name_facilitators(group=group, people=self.cleaned_data["facilitators"], by=self.for_user)
        return group


class SupportGroupViewSet(SnippetViewSet):
    model = SupportGroup
    icon = "group"
    list_display = ["number", "name", "network"]
    panels = [
        FieldPanel(name)
        for name in ("number", "name", "slug", "summary", "description", "network", "institutions", "structures")
    ]


class SavedOneAtATime:
    """Holds the group from the reading of what is stored to the writing of what is sent, as its decisions do.

    What is refused is what opens it: asked of a group that is being tightened, the question would have an old answer.
    """

    object: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            self.object = get_object_or_404(ExchangeGroup.objects.select_for_update(of=("self",)), pk=self.object.pk)
            return super().post(request, *args, **kwargs)  # type: ignore[misc,no-any-return]


class EditGroup(SavedOneAtATime, EditView):
    pass


class CopyGroup(SavedOneAtATime, CopyView):  # Wagtail writes what is sent over the group that is copied
    pass


class ExchangeGroupViewSet(SnippetViewSet):
    model = ExchangeGroup
    edit_view_class = EditGroup
    copy_view_class = CopyGroup
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


@hooks.register("before_delete_snippet")
def keep_talk(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """A group that has talk is closed, not deleted, alone or among others: its words are its members'."""
    kept = [group for group in instances if isinstance(group, ExchangeGroup) and group.has_talk]
    if not kept:
        return None
    names = ", ".join(f"« {group} »" for group in kept)
    words = _text("%(names)s : un groupe qui a des échanges se clôt, il ne s’efface pas.") % {"names": names}
    messages.error(request, words)
    return redirect("wagtailsnippets_exchange_groups_exchangegroup:list")
