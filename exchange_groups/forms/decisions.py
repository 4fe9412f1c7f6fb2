"""What decides who reads a group: its confidentiality, who leads it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User

from ..choices import Confidentiality
from ..models import ExchangeGroup

REASON_LENGTH = 300


def _reason(help_text: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(label=_("Pourquoi"), help_text=help_text, max_length=REASON_LENGTH, required=required)


class ConfidentialityForm(forms.Form):
    """What the group would be. Whether that opens or tightens it, the service says."""

    confidentiality = forms.ChoiceField(
        label=_("Qui lit ce qui se dira"), choices=Confidentiality.choices, widget=forms.RadioSelect
    )
    admits_institutions = forms.BooleanField(
        label=_("Admettre des personnes qui viennent d’institutions"), required=False
    )
    reason = _reason(_("Les membres le lisent."), required=False)

    def __init__(self, *args: Any, group: ExchangeGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        confidentiality = cleaned.get("confidentiality")
        if not confidentiality:
            return cleaned
        admits = cleaned["admits_institutions"]
        if confidentiality == Confidentiality.ENTRE_PAIRS and admits:
            self.add_error("admits_institutions", _("Un groupe entre pairs n’admet pas d’institution."))
            return cleaned
        wanted = ExchangeGroup(confidentiality=confidentiality, admits_institutions=admits)
        if wanted.is_more_open_than(self.group) and not cleaned.get("reason"):
            self.add_error("reason", _("Dites pourquoi : les membres le liront avant de répondre."))
        return cleaned


class OfferForm(forms.Form):
    """A member offers to lead a group that nobody leads."""

    reason = _reason(_("Les membres le lisent."), required=True)


class NamingForm(OfferForm):
    """The coordination proposes somebody (`person`, once it is valid), by the address of their account."""

    person: User

    email = forms.EmailField(label=_("Adresse e-mail de la personne"), help_text=_("Celle de son compte, validé."))
    field_order = ["email", "reason"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        accounts = User.objects.filter(email__iexact=email, is_active=True)
        person = accounts.filter(status=User.Status.APPROVED).first()
        if person is None:
            raise ValidationError(_("Aucun compte validé n’a cette adresse."))
        self.person = person
        return email
