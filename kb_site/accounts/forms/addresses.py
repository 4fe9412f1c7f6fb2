"""Another address for an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import User


class AddressForm(forms.Form):
    """The address wanted; it is not the one that the account has."""

    email = forms.EmailField(
        label=_("Nouvelle adresse e-mail"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": _("Ce n’est pas une adresse. Exemple : prenom.nom@exemple.fr")},
    )

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._account = account

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email == self._account.email.lower():
            raise forms.ValidationError(_("C’est déjà l’adresse du compte."))
        return email
