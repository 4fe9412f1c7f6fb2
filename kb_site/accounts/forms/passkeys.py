"""allauth's forms of passkeys in plain words; the key itself is filled in by the browser (passkeys.js)."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauth_forms
from django.utils.translation import gettext_lazy as _

from .sign_in import SharedDeviceForm

# What reading a key that no browser made raises, whichever part of it is wrong.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class _KeyForm:
    """Says of a key that cannot be read that it is not known, where allauth would fail."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AddPasskeyForm(allauth_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.max_length = _("Nom de cette clé"), 60
        name.help_text = _("Pour la reconnaître plus tard, par exemple « téléphone du travail ».")
        self.fields["credential"].error_messages["required"] = _(
            "Votre navigateur n’a pas pu créer la clé. Essayez avec un autre, ou gardez le code par e-mail."
        )

    def clean(self) -> Any:
        try:
            return super().clean()
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeySignInForm(_KeyForm, SharedDeviceForm, allauth_forms.LoginWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = _("Aucune clé n’a été donnée.")


class PasskeyProofForm(_KeyForm, allauth_forms.ReauthenticateWebAuthnForm):
    """A key of the account itself, for a fresh proof (fresh_proof.py)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for error in ("required", "invalid"):
            self.fields["credential"].error_messages[error] = _("Aucune clé n’a été donnée.")
