"""allauth's forms in plain words. Apart from profile.py, which allauth loads before its own forms exist."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context as allauth_context
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..sessions import end_with_browser_if_shared, note_shared_device


def ask_email(field: forms.Field, *, help_text: Any = "") -> None:
    """Ask for an address in our words."""
    field.label, field.help_text = _("Adresse e-mail"), help_text
    field.widget = forms.EmailInput({"autocomplete": "email"})
    field.widget.is_required = field.required


class SharedDeviceForm(forms.Form):
    """Asks whether others use this device; what follows from it: sessions.py."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared_device"] = forms.BooleanField(
            label=_("Cet appareil est partagé"),
            help_text=_("Rien n’y sera gardé, et fermer le navigateur vous déconnectera."),
            required=False,
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        note_shared_device(allauth_context.request, shared=bool(self.cleaned_data.get("shared_device")))
        return cleaned


class PasswordForm(SharedDeviceForm, allauth_forms.LoginForm):
    """Sign-in by password, in the demonstration."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_email(self.fields["login"])
        password = self.fields["password"]
        password.label, password.help_text = _("Mot de passe"), ""
        password.widget.attrs.pop("placeholder", None)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> Any:
        response = super().login(request, redirect_url)
        end_with_browser_if_shared(request)  # allauth has just given the session its usual length
        return response

    def _setup_password_field(self) -> None:
        """Keep the field: allauth drops it when sign-up asks for no password."""


class RequestCodeForm(SharedDeviceForm, allauth_forms.RequestLoginCodeForm):
    """The address that a code to sign in is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_email(self.fields["email"], help_text=_("Celle avec laquelle vous vous êtes inscrit ou inscrite."))


def _ask_code(field: forms.Field) -> None:
    field.label, field.help_text = _("Code reçu par e-mail"), _("Six chiffres.")
    field.widget = forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 20})
    field.widget.is_required = True


class LoginCodeForm(allauth_forms.ConfirmLoginCodeForm):
    """The code received to sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self.fields["code"])


class EmailCodeForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    """The code received to confirm an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self.fields["code"])


class AccountForm(SharedDeviceForm, allauth_forms.SignupForm):
    """Sign-up: the address, then what SignupForm of profile.py asks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_email(self.fields["email"], help_text=_("De préférence celle du travail : un code y sera envoyé."))
        request = allauth_context.request
        if request is not None and (invited := request.session.get("invited_email")):
            # The structure is the one that invites (structures.py): once the address is confirmed, there is no more to ask.
            self.fields["email"].initial = invited
            for name in ("structure_declared", "siae_type_declared", "territory_declared"):
                del self.fields[name]

    def try_save(self, request: HttpRequest) -> Any:
        """Create the account; when the same form was sent twice at once, the second finds that it exists."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class FreshCodeForm(forms.Form):
    """The code of a fresh proof (fresh_proof.py)."""

    code = forms.CharField(error_messages={"required": _("Écrivez les six chiffres reçus.")})

    def __init__(self, *args: Any, code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._expected = code
        _ask_code(self.fields["code"])

    def clean_code(self) -> str:
        given = "".join(str(self.cleaned_data["code"]).split())
        if not compare_user_code(actual=given, expected=self._expected):
            raise get_adapter().validation_error("incorrect_code")
        return given
