"""Passkeys: sign in with the phone's own lock instead of a code.

allauth brings them as a second factor. Here a passkey replaces the code and adds no step: a person who loses their phone
still signs in by mail, and nobody is locked out. Adding or removing one is told by mail.
"""

from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class PasskeyAdapter(DefaultMFAAdapter):
    """Passkeys replace the code by mail, in plain words."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("Cette clé n’est pas reconnue. Recevez plutôt un code par e-mail."),
        "unverified_email": gettext_lazy("Confirmez d’abord votre adresse e-mail."),
    }

    def is_mfa_enabled(self, user: AbstractBaseUser, types: Any = None) -> bool:
        """Never a second step."""
        return False

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Return a name that tells keys apart when the person gives none."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Ma clé") if count == 0 else _("Clé n° %s") % (count + 1)
