"""Accounts: allauth's views under French addresses (the names are those it reverses), and ours."""

from allauth.account import views as allauth_views
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from . import coordination_views, data_views, structure_views, views
from .doors import account_required
from .views import keep_next

urlpatterns = [
    path("", views.profile, name="account_profile"),
    path("demandes/", views.requests, name="account_requests"),
    path("demandes/<int:pk>/", views.decide, name="account_decide"),
    path("demandes/lot/", coordination_views.batch, name="account_batch"),
    path("comptes/", coordination_views.account_list, name="account_list"),
    path("comptes/<int:pk>/", coordination_views.account_detail, name="account_detail"),
    path("structures/", coordination_views.structure_list, name="structure_list"),
    path("structure/", structure_views.staff, name="structure_staff"),
    path("structure/inviter/", structure_views.invite, name="structure_invite"),
    path("structure/invitations/<int:pk>/retirer/", structure_views.withdraw, name="invitation_withdraw"),
    path("structure/collegues/<int:pk>/retirer/", structure_views.remove, name="structure_remove"),
    path("structure/declarer/", structure_views.declare, name="structure_declare"),
    path("invitation/<str:token>/", structure_views.invitation, name="structure_invitation"),
    path("donnees/", data_views.my_data, name="my_data"),
    path("donnees/export/", data_views.my_data_export, name="my_data_export"),
    path("donnees/effacer/", data_views.erasure_ask, name="erasure_ask"),
    path("donnees/garder/", data_views.erasure_cancel, name="erasure_cancel"),
    path("sessions/", data_views.session_list, name="account_sessions"),
    path("sessions/fermer/", data_views.sessions_close, name="sessions_close"),
    path("sessions/<int:pk>/fermer/", data_views.session_close, name="session_close"),
    path("cles/", account_required(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("cles/ajouter/", account_required(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("cles/<int:pk>/retirer/", account_required(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("connexion/cle/", keep_next(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("connexion/", keep_next(views.SignInView.as_view()), name="account_login"),
    path("connexion/code/", keep_next(allauth_views.request_login_code), name="account_request_login_code"),
    path("connexion/code/verifier/", keep_next(allauth_views.confirm_login_code), name="account_confirm_login_code"),
    path("deconnexion/", allauth_views.logout, name="account_logout"),
    path("inscription/", keep_next(allauth_views.signup), name="account_signup"),
    path(
        "inscription/verifier/",
        keep_next(allauth_views.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path("inactif/", allauth_views.account_inactive, name="account_inactive"),
    path("confirmer/", allauth_views.reauthenticate, name="account_reauthenticate"),
    # allauth goes there once a key is added.
    path("cles/liste/", RedirectView.as_view(pattern_name="mfa_list_webauthn"), name="mfa_index"),
    # allauth reverses these names; there is one address and no password to manage.
    path("adresse/", RedirectView.as_view(pattern_name="account_profile"), name="account_email"),
    path(
        "mot-de-passe/", RedirectView.as_view(pattern_name="account_request_login_code"), name="account_reset_password"
    ),
]
if settings.OPENID_CONNECT:
    # First: its way out takes the place of the one above.
    urlpatterns.insert(0, path("", include("kb_site.members.openid_connect_urls")))
