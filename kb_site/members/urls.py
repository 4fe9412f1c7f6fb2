"""Accounts: allauth's views under French addresses (the names are those it reverses), and ours."""

from allauth.account import views as allauth_views
from django.urls import path
from django.views.generic import RedirectView

from . import views
from .views import keep_next

urlpatterns = [
    path("", views.profile, name="account_profile"),
    path("demandes/", views.requests, name="account_requests"),
    path("demandes/<int:pk>/", views.decide, name="account_decide"),
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
    # allauth reverses these names; there is one address and no password to manage.
    path("adresse/", RedirectView.as_view(pattern_name="account_profile"), name="account_email"),
    path(
        "mot-de-passe/", RedirectView.as_view(pattern_name="account_request_login_code"), name="account_reset_password"
    ),
]
