"""Accounts: allauth's views under French addresses (the names are those it reverses), and ours."""

from allauth.account import views as allauth_views
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from kb_site.access import account_required

from .views import addresses, coordination, fresh_proof, personal_data, profile, structures
from .views.profile import keep_next

urlpatterns = [
    path("", profile.profile, name="account_profile"),
    path("demandes/", profile.requests, name="account_requests"),
    path("demandes/<int:pk>/", profile.decide, name="account_decide"),
    path("demandes/lot/", coordination.batch, name="account_batch"),
    path("comptes/", coordination.account_list, name="account_list"),
    path("comptes/<int:pk>/", coordination.account_detail, name="account_detail"),
    path("comptes/<int:pk>/adresse/", addresses.other, name="account_address"),
    path("structures/", coordination.structure_list, name="structure_list"),
    path("structures/importer/", coordination.structures_import, name="structures_import"),
    path("structures/<int:pk>/", coordination.structure_people, name="structure_people"),
    path("structure/", structures.staff, name="structure_staff"),
    path("structure/inviter/", structures.invite, name="structure_invite"),
    path("structure/invitations/<int:pk>/retirer/", structures.withdraw, name="invitation_withdraw"),
    path("structure/collegues/<int:pk>/retirer/", structures.remove, name="structure_remove"),
    path("structure/declarer/", structures.declare, name="structure_declare"),
    path("invitation/<secret:token>/", structures.invitation, name="structure_invitation"),
    path("donnees/", personal_data.my_data, name="my_data"),
    path("donnees/export/", personal_data.my_data_export, name="my_data_export"),
    path("donnees/effacer/", personal_data.erasure_ask, name="erasure_ask"),
    path("donnees/garder/", personal_data.erasure_cancel, name="erasure_cancel"),
    path("sessions/", personal_data.session_list, name="account_sessions"),
    path("sessions/fermer/", personal_data.sessions_close, name="sessions_close"),
    path("sessions/<int:pk>/fermer/", personal_data.session_close, name="session_close"),
    path("cles/", account_required(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("cles/ajouter/", account_required(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("cles/<int:pk>/retirer/", account_required(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("connexion/cle/", keep_next(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("connexion/", keep_next(profile.SignInView.as_view()), name="account_login"),
    path("connexion/code/", keep_next(allauth_views.request_login_code), name="account_request_login_code"),
    path("connexion/code/verifier/", keep_next(profile.confirm_login_code), name="account_confirm_login_code"),
    path("deconnexion/", allauth_views.logout, name="account_logout"),
    path("inscription/", keep_next(allauth_views.signup), name="account_signup"),
    path(
        "inscription/verifier/",
        keep_next(profile.confirm_email),
        name="account_email_verification_sent",
    ),
    path("inactif/", allauth_views.account_inactive, name="account_inactive"),
    path("confirmer/", fresh_proof.prove, name="account_reauthenticate"),
    # allauth goes there once a key is added.
    path("cles/liste/", RedirectView.as_view(pattern_name="mfa_list_webauthn"), name="mfa_index"),
    path("adresse/", addresses.own, name="account_email"),
    path("adresse/garder/", addresses.keep, name="address_keep"),
    # allauth reverses this name; there is no password to manage.
    path(
        "mot-de-passe/", RedirectView.as_view(pattern_name="account_request_login_code"), name="account_reset_password"
    ),
]
if settings.OPENID_CONNECT:
    # First: its way out takes the place of the one above.
    urlpatterns.insert(0, path("", include("kb_site.accounts.openid_connect_urls")))
