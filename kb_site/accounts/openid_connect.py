"""Sign-in by OpenID Connect (ProConnect for example), when it is configured; see docs/accounts.md.

ProConnect differs from the library's habits on two points: what it says of a person comes as a signed token instead of
plain JSON, and the family name is called usual_name.

The way to the identity server is a page of ours that moves on by itself, never the answer to the form: browsers hold the
redirections of a form to the policy's form-action, and the server may send on to others (the person's own institution)
that nobody can list beforehand.
"""

import logging
import secrets
from typing import Any, ClassVar

import requests
from allauth.account import views as allauth_views
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _

from .sessions import note_shared_device

PROVIDER = "openid"
ID_TOKEN = "openid_id_token"  # noqa: S105  (name in the session)

logger = logging.getLogger(__name__)


class OpenIDAdapter(DefaultSocialAccountAdapter):
    """Sign-in by an identity server (ProConnect), in plain words."""

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

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Keep the server's word that the person is who they are: it wants it back at sign-out."""
        login = super().complete_login(request, app, token, **kwargs)
        if id_token := kwargs["response"].get("id_token"):
            request.session[ID_TOKEN] = id_token
        return login

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
    """Go to the identity server (POST), and come back to callback() in the same session, which knows who uses the device."""
    if request.method == "POST":
        note_shared_device(request, shared="shared_device" in request.POST)
    response = _through(OAuth2LoginView, request, provider_id)
    if isinstance(response, HttpResponseRedirect) and not url_has_allowed_host_and_scheme(response.url, None):
        return _leave_for(request, response.url)
    return response


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the identity server."""
    return _through(OAuth2CallbackView, request, provider_id)


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Close the session here, then that of the identity server when it opened this one."""
    id_token = request.session.get(ID_TOKEN) if request.user.is_authenticated else None
    response: HttpResponseBase = allauth_views.logout(request)
    if request.method == "POST" and id_token and (address := _end_of_session(request, id_token)):
        return _leave_for(request, address)
    return response


def _end_of_session(request: HttpRequest, id_token: str) -> str:
    """Return where the identity server closes its session (RP-Initiated Logout 1.0); empty when it does not say.

    The person is signed out of the site already: a server that is down must not tell them otherwise.
    """
    try:
        endpoint: str = SignedUserinfoAdapter(request, PROVIDER).openid_config.get("end_session_endpoint", "")
    except requests.RequestException:
        logger.exception("The identity server does not say where to close its session")
        return ""
    here = build_absolute_uri(request, reverse("account_logout"))  # it leads home whoever has left
    # ProConnect refuses a request without a state; nothing of ours depends on it.
    asked = {"id_token_hint": id_token, "post_logout_redirect_uri": here, "state": secrets.token_urlsafe()}
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}" if endpoint else ""


def _leave_for(request: HttpRequest, address: str) -> HttpResponseBase:
    return render(request, "socialaccount/leaving.html", {"address": address})


def _through(view: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        response: HttpResponseBase = view.adapter_view(SignedUserinfoAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return response
