"""allauth's forms of passkeys in plain words; the key itself is filled in by the browser (passkeys.js)."""

from typing import Any

from allauth.mfa.webauthn import forms as allauth_forms
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(allauth_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.max_length = _("Nom de cette clé"), 60
        name.help_text = _("Pour la reconnaître plus tard, par exemple « téléphone du travail ».")
        self.fields["credential"].error_messages["required"] = _(
            "Votre navigateur n’a pas pu créer la clé. Essayez avec un autre, ou gardez le code par e-mail."
        )


class PasskeySignInForm(allauth_forms.LoginWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = _("Aucune clé n’a été donnée.")


class PasskeyProofForm(allauth_forms.ReauthenticateWebAuthnForm):
    """A key of the account itself, for a fresh proof (fresh_proof.py)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for error in ("required", "invalid"):
            self.fields["credential"].error_messages[error] = _("Aucune clé n’a été donnée.")
