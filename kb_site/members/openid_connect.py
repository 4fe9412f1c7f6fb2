"""Sign-in by OpenID Connect (ProConnect for example), when it is configured; see docs/accounts.md.

ProConnect differs from the library's habits on two points: what it says of a person comes as a signed token instead of
plain JSON, and the family name is called usual_name.
"""

from typing import Any, ClassVar

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _


class OpenIDAdapter(DefaultSocialAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": _("Un compte existe déjà avec cette adresse : recevez un code par e-mail pour y entrer."),
    }

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """Take the family name from where ProConnect gives it."""
        told = sociallogin.account.get_provider_account().get_user_data() or {}
        data = data | {"last_name": data.get("last_name") or told.get("usual_name") or ""}
        return super().populate_user(request, sociallogin, data)


class SignedUserinfoAdapter(OpenIDConnectOAuth2Adapter):
    """Reads what the server says of a person, as JSON or as a signed token (OpenID Connect Core 5.3.2)."""

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
            response.raise_for_status()
        if "jwt" not in response.headers.get("Content-Type", ""):
            plain: dict[str, Any] = response.json()
            return plain
        signed: dict[str, Any] = jwtkit.verify_and_decode(
            credential=response.text,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=self.get_provider().app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return signed


@login_not_required
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the identity server (POST), and come back to callback()."""
    return _through(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the identity server."""
    return _through(OAuth2CallbackView, request, provider_id)


def _through(view: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        response: HttpResponseBase = view.adapter_view(SignedUserinfoAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return response
