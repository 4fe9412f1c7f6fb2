"""Forms of accounts."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import Structure, User
from .vocabularies import DEPARTEMENTS, Role, SiaeType


class SignupForm(forms.Form):
    """What allauth's sign-up asks beside the address: enough for a coordinator to recognise a colleague."""

    first_name = forms.CharField(label=_("Prénom"), max_length=150, widget=forms.TextInput({"autocomplete": "given-name"}))
    last_name = forms.CharField(label=_("Nom"), max_length=150, widget=forms.TextInput({"autocomplete": "family-name"}))
    role = forms.ChoiceField(label=_("Métier"), choices=[("", _("Choisissez")), *Role.choices])
    structure_declared = forms.CharField(
        label=_("Structure"), max_length=150, widget=forms.TextInput({"autocomplete": "organization"})
    )
    siae_type_declared = forms.ChoiceField(
        label=_("Type de structure"), choices=[("", _("Choisissez")), *SiaeType.choices]
    )
    territory_declared = forms.ChoiceField(label=_("Département"), choices=[("", _("Choisissez")), *DEPARTEMENTS])

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account exists."""
        for name, value in self.cleaned_data.items():
            if name in SignupForm.base_fields:
                setattr(user, name, value)
        user.save()


class ProfileForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["first_name", "last_name", "role"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True


class DecisionForm(forms.Form):
    """A coordinator's decision on an account."""

    decision = forms.ChoiceField(choices=[(User.Status.APPROVED, ""), (User.Status.REFUSED, "")])
    structure = forms.ModelChoiceField(Structure.objects.all(), required=False)
