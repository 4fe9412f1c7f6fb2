"""The forms of groups that members ask for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import Network
from practices.comments.forms import GuardedForm, PublishedField, TextField

from ..choices import Access, Confidentiality
from ..models import AskedGroup, ExchangeGroup, SupportGroup


def _fields_of_the_group() -> dict[str, forms.Field]:
    return {
        "name": PublishedField(
            label=_("Nom du groupe"), max_length=100, error_messages={"required": _("Donnez un nom au groupe.")}
        ),
        "summary": PublishedField(
            label=_("En une phrase"), max_length=200, error_messages={"required": _("Dites-le en une phrase.")}
        ),
        "purpose": TextField(
            label=_("À quoi il sert, à qui il s’adresse"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": _("Dites à quoi il sert.")},
        ),
        "confidentiality": forms.ChoiceField(
            label=_("Qui lit ce qui s’y dit"),
            choices=Confidentiality.choices,
            initial=Confidentiality.MEMBRES,
            widget=forms.RadioSelect,
        ),
    }


class AskForm(GuardedForm):
    """What a member would gather people for."""

    guarded = ("name", "summary", "purpose")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = _fields_of_the_group() | self.fields

    def clean_name(self) -> str:
        return _free_name(self.cleaned_data["name"])


class CreateForm(forms.Form):
    """The group as the coordination creates it, from what was asked."""

    network = forms.ModelChoiceField(
        Network.objects.order_by("name"),
        label=_("Réseau porteur"),
        empty_label=_("Choisir"),
        error_messages={"required": _("Choisissez le réseau qui porte ce groupe.")},
    )
    support_group = forms.ModelChoiceField(
        SupportGroup.objects.order_by("number"), label=_("Groupe d’appui"), required=False, empty_label=_("Aucun")
    )
    access = forms.ChoiceField(
        label=_("Comment on y entre"), choices=Access.choices, initial=Access.SUR_DEMANDE, widget=forms.RadioSelect
    )
    admits_institutions = forms.BooleanField(label=_("Les institutions y sont admises"), required=False)
    charter = TextField(
        label=_("Charte de départ"),
        help_text=_("L’animation la changera avec le groupe. Chacun l’accepte avant d’entrer."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Un groupe a une charte.")},
    )

    def __init__(self, *args: Any, asked: AskedGroup, **kwargs: Any) -> None:
        own = {name: getattr(asked, name) for name in ("name", "summary", "purpose", "confidentiality")}
        kwargs["initial"] = own | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields = _fields_of_the_group() | self.fields

    def clean_name(self) -> str:
        return _free_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("admits_institutions") and cleaned.get("confidentiality") == Confidentiality.ENTRE_PAIRS:
            self.add_error("admits_institutions", _("Un groupe entre pairs n’admet pas d’institution."))
        return cleaned


class RefuseForm(forms.Form):
    """Why a group is not created."""

    reason = PublishedField(
        label=_("Pourquoi"),
        help_text=_("La personne le lira. Nommez un groupe qui existe, s’il peut lui servir."),
        max_length=300,
        error_messages={"required": _("Dites pourquoi, en une phrase : la personne le lira.")},
    )


def _free_name(name: str) -> str:
    if ExchangeGroup.objects.filter(name__iexact=name).exists():
        raise ValidationError(_("Un groupe porte déjà ce nom."))
    return name
