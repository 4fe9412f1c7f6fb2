"""What members ask, in Wagtail's menu: editors answer with a page, or say why not."""

from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminPageChooser

from practices.models import DossierPage, OrientationPage, PracticePage, ResourcePage, ToolPage

from .models import CardRequest
from .services import AlreadyDecided, answer_request, decline_request


class AnswerForm(WagtailAdminModelForm):
    """An editor's answer: the page that meets the need, or a few words when none is planned."""

    class Meta:
        model = CardRequest
        fields = ["state", "answer_page", "answer"]
        widgets = {
            "state": forms.RadioSelect,
            "answer_page": AdminPageChooser(
                target_models=[PracticePage, ToolPage, ResourcePage, DossierPage, OrientationPage]
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        need = f"« {self.instance.need} »"
        self.fields["state"].help_text = f"{need} {self.instance.details}".strip()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        page, state = cleaned.get("answer_page"), cleaned.get("state")
        if state == CardRequest.State.ANSWERED and (page is None or not page.live):
            self.add_error("answer_page", _("Choisissez la page publiée qui répond à ce besoin."))
        if state == CardRequest.State.DECLINED and not cleaned.get("answer"):
            self.add_error("answer", _("Dites en quelques mots pourquoi : la personne reçoit votre réponse."))
        if CardRequest.objects.filter(pk=self.instance.pk).exclude(state=CardRequest.State.OPEN).exists():
            self.add_error(None, AlreadyDecided.message)
        return cleaned


class RequestEditView(EditView):
    """Answers go through the services, which tell those who asked."""

    def save_instance(self) -> CardRequest:
        answer = self.form.cleaned_data
        asked = CardRequest.objects.get(pk=self.form.instance.pk)
        if answer["state"] == CardRequest.State.ANSWERED:
            answer_request(request=asked, page=answer["answer_page"], answer=answer["answer"], by=self.request.user)
        elif answer["state"] == CardRequest.State.DECLINED:
            decline_request(request=asked, answer=answer["answer"], by=self.request.user)
        return asked


class RequestIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().annotate(voices=Count("supports"))


class CardRequestViewSet(ModelViewSet):
    model = CardRequest
    name = "fiches-demandees"
    icon = "help"
    menu_label = _("Fiches demandées")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = RequestIndexView
    edit_view_class = RequestEditView
    list_display = [
        "need",
        NumberColumn("voices", label=_("Voix")),
        Column("state", label=_("État"), accessor="get_state_display"),
        DateColumn("asked_at", label=_("Demandée le"), sort_key="asked_at"),
    ]
    list_filter = ["state"]
    search_fields = ["need", "details"]

    def get_form_class(self, for_update: bool = False) -> type[AnswerForm]:
        return AnswerForm


@hooks.register("register_admin_viewset")
def card_requests() -> CardRequestViewSet:
    return CardRequestViewSet()
